import type { Response, RuleId } from '../judgement/rule'
import { emptyMemory, judge, type JudgeMemory } from '../judgement/judge'
import type { Recorded } from '../observation/recording'
import type { Policy } from '../policy/policy'
import type { Effect } from './effect'
import type { ComplianceEvent } from './event'
import { initialState, reduce } from './reduce'
import type { ComplianceState, Desk } from './state'

/** One alert that a policy makes of a recording. Instants are the recording's, milliseconds. */
export interface ReplayedAlert {
  readonly rule: RuleId
  readonly response: Response
  readonly openedAt: number
  /** Null while it still holds at the recording's end. */
  readonly endedAt: number | null
  readonly heldMs: number
  readonly count: number
  readonly peakScore: number
  readonly peakPeople: number
}

/** Where a replay stands. */
export interface Replay {
  readonly policy: Policy
  readonly memory: JudgeMemory
  readonly state: ComplianceState
  readonly looks: number
  readonly firstAt: number
  readonly lastAt: number
  /** How long the desk was each thing, milliseconds. */
  readonly timeIn: Readonly<Record<Desk, number>>
  readonly alerts: ReadonlyMap<string, ReplayedAlert>
}

export const beginReplay = (policy: Policy): Replay => ({
  policy,
  memory: emptyMemory,
  state: initialState,
  looks: 0,
  firstAt: 0,
  lastAt: 0,
  timeIn: { starting: 0, 'signed-out': 0, shown: 0, hidden: 0 },
  alerts: new Map()
})

/**
 * Takes in one recorded look, as one session of one person: the same judge and the same reducer as at the desk. A gap
 * longer than the policy allows is a silent sensor, as it would have been there.
 */
export function replay(before: Replay, { at, observation }: Recorded): Replay {
  const { policy } = before
  const started =
    before.looks === 0
      ? apply(apply({ ...before, firstAt: at, lastAt: at }, { kind: 'policy-in-force', at }), {
          kind: 'signed-in',
          person: { id: 'replay', name: 'replay' },
          at
        })
      : before
  const silentAt = started.lastAt + policy.sensor.maxGapMs
  const heard = at > silentAt ? apply(started, { kind: 'sensor-silent', at: silentAt }) : started
  const { memory, verdict } = judge(heard.memory, observation, at, policy.rules)
  return apply({ ...heard, memory, looks: heard.looks + 1 }, { kind: 'judged', verdict, at })
}

function apply(before: Replay, event: ComplianceEvent): Replay {
  let made = before.alerts.size
  const [state, effects] = reduce(before.state, event, () => `alert-${String(made++)}`)
  const alerts = effects.length === 0 ? before.alerts : withEffects(before.alerts, effects)
  const { desk } = before.state
  const timeIn = { ...before.timeIn, [desk]: before.timeIn[desk] + (event.at - before.lastAt) }
  return { ...before, state, alerts, timeIn, lastAt: event.at }
}

function withEffects(
  before: ReadonlyMap<string, ReplayedAlert>,
  effects: readonly Effect[]
): ReadonlyMap<string, ReplayedAlert> {
  const alerts = new Map(before)
  for (const effect of effects) {
    if (effect.kind === 'raise-alert') {
      const { rule, response, since, score, people } = effect
      const fresh = { endedAt: null, heldMs: 0, count: 1, peakScore: score, peakPeople: people }
      alerts.set(effect.alertId, { rule, response, openedAt: since, ...fresh })
      continue
    }
    if (effect.kind !== 'resume-alert' && effect.kind !== 'end-alert') continue
    const known = alerts.get(effect.alertId)
    if (known === undefined) continue
    const change =
      effect.kind === 'resume-alert'
        ? { endedAt: null, count: effect.count }
        : {
            endedAt: effect.endedAt,
            heldMs: effect.heldMs,
            count: effect.count,
            peakScore: effect.peakScore,
            peakPeople: effect.peakPeople
          }
    alerts.set(effect.alertId, { ...known, ...change })
  }
  return alerts
}

/** Every alert in the order in which it began; one that still holds has held until the recording's end. */
export function alertsOf({ alerts, state, lastAt }: Replay): readonly ReplayedAlert[] {
  const open = new Map(state.reasons.map((reason) => [reason.alertId, reason]))
  return [...alerts]
    .map(([id, alert]): ReplayedAlert => {
      const reason = open.get(id)
      if (reason === undefined) return alert
      const { heldBeforeMs, since, count, peakScore, peakCount } = reason
      return { ...alert, heldMs: heldBeforeMs + (lastAt - since), count, peakScore, peakPeople: peakCount }
    })
    .sort((one, other) => one.openedAt - other.openedAt)
}

/** What another policy would have made of the same recording. */
export interface Difference {
  /** Alerts under the new policy that the old one did not raise at that time. */
  readonly appeared: readonly ReplayedAlert[]
  /** Alerts under the old policy that the new one does not raise at that time. */
  readonly disappeared: readonly ReplayedAlert[]
  /** Alerts of both, with another response. */
  readonly changed: readonly { readonly before: ReplayedAlert; readonly after: ReplayedAlert }[]
}

/** Alerts of one rule that overlap in time are the same event. */
export function differenceOf(before: Replay, after: Replay): Difference {
  const [old, fresh] = [alertsOf(before), alertsOf(after)]
  const partner = (alert: ReplayedAlert, among: readonly ReplayedAlert[]): ReplayedAlert | undefined =>
    among.find((other) => other.rule === alert.rule && overlap(alert, other))
  return {
    appeared: fresh.filter((alert) => partner(alert, old) === undefined),
    disappeared: old.filter((alert) => partner(alert, fresh) === undefined),
    changed: fresh.flatMap((alert) => {
      const other = partner(alert, old)
      return other === undefined || other.response === alert.response ? [] : [{ before: other, after: alert }]
    })
  }
}

const overlap = (one: ReplayedAlert, other: ReplayedAlert): boolean =>
  one.openedAt <= (other.endedAt ?? Infinity) && other.openedAt <= (one.endedAt ?? Infinity)
