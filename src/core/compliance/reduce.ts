import { hides } from '../judgement/hides'
import type { Finding, RuleId } from '../judgement/rule'
import { assertNever } from '../result'
import type { Effect } from './effect'
import type { ComplianceEvent } from './event'
import { effectsBetween } from './effects-between'
import { pastOf, reasonsOf, type NewId } from './reasons'
import type { ComplianceState, Desk, Reason } from './state'

export type { NewId }

/** The first state of every session: covered, nothing known. */
export const initialState: ComplianceState = {
  desk: 'starting',
  person: null,
  sceneComplete: false,
  findings: [],
  policyInForce: false,
  faultSince: {},
  reasons: [],
  past: []
}

/** Asking again within this time is the same call for help, milliseconds. */
export const HELP_COOLDOWN_MS = 60_000

/**
 * One step of the desk: the next state, and what must happen because of it. Pure and total: the same events in the
 * same order lead to the same desk, and only a full verdict without a blanking reason, under a policy in force and
 * with a person signed in, leads to `shown`.
 */
export function reduce(
  state: ComplianceState,
  event: ComplianceEvent,
  newId: NewId
): readonly [ComplianceState, readonly Effect[]] {
  const learnt = learn(state, event)
  const reasons = learnt.person === null ? [] : reasonsOf(learnt, newId)
  const past = learnt.person === null ? [] : pastOf(learnt, reasons)
  const next = { ...learnt, reasons, past, desk: deskOf(learnt, reasons) }
  return [next, effectsBetween(state, next, event.at)]
}

/** What the event tells, before anything follows from it. */
function learn(state: ComplianceState, event: ComplianceEvent): ComplianceState {
  switch (event.kind) {
    case 'policy-in-force':
      return { ...state, policyInForce: true }
    case 'policy-refused':
      return state // the last good one stays in force; without one nothing is shown
    case 'signed-in':
      // What was found before belongs to nobody: the first verdict of the session says what holds in it.
      return {
        ...ofNobody(state),
        person: event.person,
        sceneComplete: false,
        findings: []
      }
    case 'signed-out':
      return {
        ...ofNobody(state),
        person: null,
        sceneComplete: false
      }
    case 'judged':
      return judged(state, event.verdict.findings, event.verdict.complete)
    case 'camera-live':
      return withoutFault(state, 'camera-lost')
    case 'camera-lost':
      return { ...withFault(state, 'camera-lost', event.at), sceneComplete: false }
    case 'sensor-silent':
      return { ...withFault(state, 'sensor-silent', event.at), sceneComplete: false }
    case 'unsettled':
      return { ...state, sceneComplete: false }
    case 'grace-over':
      return withFault(state, 'hub-gone', event.at)
    case 'hub-back':
      return withoutFault(state, 'hub-gone')
    case 'policy-lapsed':
      return withFault(state, 'policy-lapsed', event.at)
    case 'policy-renewed':
      return withoutFault(state, 'policy-lapsed')
    case 'program-altered':
      return withFault(state, 'program-altered', event.at)
    case 'checks-judged':
      return withFaultIf(
        withFaultIf(state, 'device-unfit', event.unfit, event.at),
        'device-doubtful',
        event.doubtful,
        event.at
      )
    case 'vpn-lost':
      return withFault(state, 'vpn-lost', event.at)
    case 'vpn-back':
      return withoutFault(state, 'vpn-lost')
    case 'supervisor-locked':
      return state.person === null ? state : withFault(state, 'supervisor-lock', event.at)
    case 'supervisor-unlocked':
      return unlocked(state)
    case 'applications-judged':
      return applicationsJudged(state, event)
    case 'help-asked':
      return askHelp(state, event.at)
    default:
      return assertNever(event)
  }
}

/** A verdict is the sensor's proof of life. While the camera is lost it proves nothing about the room. */
function judged(state: ComplianceState, findings: readonly Finding[], complete: boolean): ComplianceState {
  const alive = withoutFault(state, 'sensor-silent')
  return { ...alive, findings, sceneComplete: complete && alive.faultSince['camera-lost'] === undefined }
}

/** Without what was about the person who worked here. */
const ofNobody = (state: ComplianceState): ComplianceState =>
  withoutFault(withoutFault(state, 'help-asked'), 'supervisor-lock')

/** What is still there goes on hiding the desk, and a lock that it keeps stays. */
function unlocked(state: ComplianceState): ComplianceState {
  const reasons = state.reasons.filter(({ response, there }) => response !== 'lock' || there)
  return { ...withoutFault(state, 'supervisor-lock'), reasons }
}

function applicationsJudged(
  state: ComplianceState,
  { at, ...outcome }: Extract<ComplianceEvent, { kind: 'applications-judged' }>
): ComplianceState {
  const told = [
    ['application-denied', outcome.denied],
    ['application-warned', outcome.warned],
    ['application-noted', outcome.noted],
    ['applications-unknown', outcome.unknown]
  ] as const
  return told.reduce<ComplianceState>((next, [rule, holds]) => withFaultIf(next, rule, holds, at), state)
}

function askHelp(state: ComplianceState, at: number): ComplianceState {
  const before = state.faultSince['help-asked']
  if (state.person === null) return state
  if (before !== undefined && at - before < HELP_COOLDOWN_MS) return state
  // A new start makes a new alert: the earlier call for help ends with it.
  return { ...state, faultSince: { ...state.faultSince, 'help-asked': at } }
}

function withFault(state: ComplianceState, rule: RuleId, at: number): ComplianceState {
  return state.faultSince[rule] === undefined
    ? { ...state, faultSince: { ...state.faultSince, [rule]: at } }
    : state
}

const withFaultIf = (state: ComplianceState, rule: RuleId, holds: boolean, at: number): ComplianceState =>
  holds ? withFault(state, rule, at) : withoutFault(state, rule)

function withoutFault(state: ComplianceState, rule: RuleId): ComplianceState {
  if (state.faultSince[rule] === undefined) return state
  return {
    ...state,
    faultSince: Object.fromEntries(Object.entries(state.faultSince).filter(([id]) => id !== rule))
  }
}

function deskOf(state: ComplianceState, reasons: readonly Reason[]): Desk {
  if (!state.policyInForce) return 'starting'
  if (state.person === null) return 'signed-out'
  if (reasons.some((reason) => hides(reason.response))) return 'hidden'
  return state.sceneComplete ? 'shown' : 'starting'
}
