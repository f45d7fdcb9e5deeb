import { assertNever } from '../result'
import type { Finding } from '../judgement/rule'
import type { ComplianceState, Reason } from './state'

/** Makes ids of alerts (UUIDs); passed in, since chance is not pure. */
export type NewId = () => string

type FaultRule =
  | 'camera-lost'
  | 'sensor-silent'
  | 'hub-gone'
  | 'policy-lapsed'
  | 'program-altered'
  | 'device-unfit'
  | 'device-doubtful'
  | 'vpn-lost'
  | 'application-denied'
  | 'application-warned'
  | 'application-noted'
  | 'applications-unknown'
  | 'help-asked'
  | 'supervisor-lock'
const faultRules: readonly FaultRule[] = [
  'camera-lost',
  'sensor-silent',
  'hub-gone',
  'policy-lapsed',
  'program-altered',
  'device-unfit',
  'device-doubtful',
  'vpn-lost',
  'application-denied',
  'application-warned',
  'application-noted',
  'applications-unknown',
  'help-asked',
  'supervisor-lock'
]

/**
 * Everything that holds now, each with its alert: what held before or comes back to an alert that is over keeps it.
 * A reason that locked the desk stays until the session ends, also when nothing is left of it in the room.
 */
export function reasonsOf(state: ComplianceState, newId: NewId): readonly Reason[] {
  const locks = state.reasons.filter(({ response }) => response === 'lock')
  const known = [...state.reasons, ...state.past]
  const now = [...faultsOf(state), ...state.findings].map((finding): Reason => {
    const lock = locks.find(({ rule }) => rule === finding.rule)
    if (lock !== undefined) return relocked(lock, finding)
    const before = known.find((one) => one.rule === finding.rule && one.openedAt === finding.openedAt)
    return { ...finding, alertId: before?.alertId ?? newId(), there: true }
  })
  const left = locks.filter(({ rule }) => !now.some((reason) => reason.rule === rule))
  return [...now, ...left.map((lock): Reason => ({ ...lock, clearsAt: null, there: false }))]
}

/** What ended with this step, and what ended before and was not taken up again: the newest of each rule. */
export function pastOf(before: ComplianceState, after: readonly Reason[]): readonly Reason[] {
  const has = (reasons: readonly Reason[], { alertId }: Reason): boolean =>
    reasons.some((reason) => reason.alertId === alertId)
  const ended = before.reasons.filter((reason) => !has(after, reason))
  const older = before.past.filter(
    (reason) => !has(after, reason) && !ended.some(({ rule }) => rule === reason.rule)
  )
  return [...ended, ...older]
}

/** A lock goes on under its first alert, whatever the room does meanwhile. */
const relocked = (lock: Reason, finding: Finding): Reason => ({
  ...lock,
  peakScore: Math.max(lock.peakScore, finding.peakScore),
  peakCount: Math.max(lock.peakCount, finding.peakCount),
  clearsAt: null,
  there: finding.clearsAt === null
})

function faultsOf({ faultSince }: ComplianceState): readonly Finding[] {
  return faultRules.flatMap((rule) => {
    const since = faultSince[rule]
    return since === undefined ? [] : [fault(rule, since)]
  })
}

function fault(rule: FaultRule, since: number): Finding {
  const response = responseTo(rule)
  const once = { openedAt: since, count: 1, heldBeforeMs: 0 }
  return { rule, response, since, ...once, peakScore: 1, peakCount: 0, clearsAt: null }
}

function responseTo(rule: FaultRule): Finding['response'] {
  switch (rule) {
    case 'camera-lost':
    case 'sensor-silent':
    case 'hub-gone':
    case 'policy-lapsed':
    case 'program-altered':
    case 'device-unfit':
    case 'vpn-lost':
    case 'supervisor-lock':
    case 'application-denied':
    case 'applications-unknown':
      return 'blank'
    case 'device-doubtful':
    case 'application-warned':
      return 'warn'
    case 'application-noted':
    case 'help-asked':
      return 'log'
    default:
      return assertNever(rule)
  }
}
