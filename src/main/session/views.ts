import { ownChecks } from './own-checks'
import type { BlankState, ReasonView, ShellState } from '../../contract/ipc/schema'
import type { DeskSnapshot } from '../../contract/wire/v1/device'
import type { ComplianceState, Reason } from '../../core/compliance/state'
import { FLAVOUR } from '../../core/flavour'
import { MAX_RULES, type JudgedRuleId } from '../../core/judgement/rule'
import type { Policy } from '../../core/policy/policy'
import type { MonotonicMs } from '../../core/time'
import type { Clock } from './clock'
import type { Facts } from './facts'

/** Whole snapshots for windows and hub, made from the state and the facts alone. */
export interface ViewInput {
  readonly state: ComplianceState
  readonly facts: Facts
  readonly clock: Clock
}

const isJudged = (rule: string, policy: Policy): rule is JudgedRuleId => rule in policy.rules

function exitMsOf(reason: Reason, policy: Policy | null): number {
  return policy !== null && isJudged(reason.rule, policy) ? policy.rules[reason.rule].exitMs : 0
}

/** A reason as a person sees it; the clearing time is what is left at this instant. */
export function reasonView(
  reason: Reason,
  policy: Policy | null,
  clock: Clock,
  now: MonotonicMs
): ReasonView {
  const exitMs = exitMsOf(reason, policy)
  return {
    rule: reason.rule,
    since: clock.label(reason.since),
    people: Math.min(50, reason.peakCount),
    clearing:
      reason.clearsAt === null || exitMs === 0
        ? null
        : { leftMs: Math.max(0, Math.round(reason.clearsAt - now)), totalMs: exitMs },
    exitMs,
    response: reason.response
  }
}

function reasonViews({ state, facts, clock }: ViewInput, hides: boolean): ReasonView[] {
  const now = clock.now()
  return state.reasons
    .filter((reason) => (reason.response === 'blank') === hides && (hides || reason.response === 'warn'))
    .map((reason) => reasonView(reason, facts.policy, clock, now))
    .slice(0, MAX_RULES)
}

export function shellView(input: ViewInput): ShellState {
  const { state, facts } = input
  return {
    phase: facts.phase,
    flavour: FLAVOUR,
    language: facts.language,
    desk: state.desk,
    person: state.person,
    shiftSince: facts.shiftSince,
    steps: Object.values(facts.steps),
    reasons: reasonViews(input, true),
    warnings: reasonViews(input, false),
    camera: facts.camera,
    sensed: facts.sensed,
    hub: facts.hub,
    waiting: facts.waiting,
    applications:
      state.person === null
        ? []
        : (facts.policy?.workspace.applications ?? []).map(({ id, title }) => ({ id, title })),
    openApplication: facts.openApplication,
    checks: [...ownChecks(facts), ...facts.checks],
    helpAsked: state.faultSince['help-asked'] !== undefined
  }
}

/** `isWritten` says of an alert whether it is committed and synced. */
export function blankView(input: ViewInput, isWritten: (alertId: string) => boolean): BlankState {
  const { state, facts } = input
  const hiding = state.reasons.filter(({ response }) => response === 'blank')
  return {
    language: facts.language,
    desk: state.desk,
    reasons: reasonViews(input, true),
    recorded: hiding.length > 0 && hiding.every(({ alertId }) => isWritten(alertId)),
    helpAsked: state.faultSince['help-asked'] !== undefined,
    flavour: FLAVOUR
  }
}

export function deskView({ state, facts }: ViewInput): DeskSnapshot {
  return {
    state: state.desk,
    reasons: state.reasons.map(({ rule }) => rule).slice(0, MAX_RULES),
    since: facts.deskSince,
    person: state.person,
    policyVersion: facts.policy?.version ?? 0,
    model: facts.model,
    checks: [...ownChecks(facts), ...facts.checks]
  }
}
