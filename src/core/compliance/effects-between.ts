import type { Effect } from './effect'
import type { ComplianceState, Desk, Reason } from './state'

/** What must happen on the way from one state to the next: hide first, tell second, show last. */
export function effectsBetween(
  before: ComplianceState,
  after: ComplianceState,
  at: number
): readonly Effect[] {
  const started = after.reasons.filter((reason) => !has(before.reasons, reason))
  const ended = before.reasons.filter((reason) => !has(after.reasons, reason))
  return [
    ...covering(before.desk, after.desk),
    ...started.map((reason) => (has(before.past, reason) ? resume(reason) : raise(reason))),
    ...ended.map((reason) => end(reason, at)),
    ...uncovering(before.desk, after.desk),
    ...(before.desk !== after.desk || started.length > 0 || ended.length > 0 ? [tell(after)] : [])
  ]
}

const has = (reasons: readonly Reason[], reason: Reason): boolean =>
  reasons.some((other) => other.alertId === reason.alertId)

const isCovered = (desk: Desk): boolean => desk === 'hidden' || desk === 'starting'

/** `shown` to anything hides the workspace first, also on the way to the sign-in. */
function covering(before: Desk, after: Desk): readonly Effect[] {
  const leavesShown = before === 'shown' && after !== 'shown'
  return leavesShown || (isCovered(after) && !isCovered(before)) ? [{ kind: 'blank' }] : []
}

function uncovering(before: Desk, after: Desk): readonly Effect[] {
  if (before === after) return []
  if (after === 'shown') return [{ kind: 'reveal' }]
  return after === 'signed-out' ? [{ kind: 'show-sign-in' }] : []
}

const raise = (reason: Reason): Effect => ({
  kind: 'raise-alert',
  alertId: reason.alertId,
  rule: reason.rule,
  since: reason.since,
  score: reason.peakScore,
  people: reason.peakCount,
  response: reason.response
})

const resume = ({ alertId, since, count }: Reason): Effect => ({
  kind: 'resume-alert',
  alertId,
  since,
  count
})

const end = (reason: Reason, at: number): Effect => ({
  kind: 'end-alert',
  alertId: reason.alertId,
  rule: reason.rule,
  endedAt: at,
  heldMs: reason.heldBeforeMs + Math.max(0, at - reason.since),
  count: reason.count,
  peakScore: reason.peakScore,
  peakPeople: reason.peakCount
})

const tell = (state: ComplianceState): Effect => ({
  kind: 'tell-desk',
  desk: state.desk,
  reasons: state.reasons.map((reason) => reason.rule)
})
