import { ownChecks } from './own-checks'
import type { CheckResult } from '../../core/check/check'
import type { Standing } from '../../core/check/posture'
import type { BlankState, CheckView, DeniedProgram, ReasonView, ShellState } from '../../contract/ipc/schema'
import type { DeskSnapshot } from '../../contract/wire/v1/device'
import type { ComplianceState, Reason } from '../../core/compliance/state'
import { FLAVOUR } from '../../core/flavour'
import { hides } from '../../core/judgement/hides'
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
  /** Says of an alert whether it is committed and synced. */
  readonly isWritten: (alertId: string) => boolean
}

const isJudged = (rule: string, policy: Policy): rule is JudgedRuleId => rule in policy.rules

function exitMsOf(reason: Reason, policy: Policy | null): number {
  return policy !== null && isJudged(reason.rule, policy) ? policy.rules[reason.rule].exitMs : 0
}

/** A reason as a person sees it; the clearing time is what is left at this instant. */
function reasonView(reason: Reason, { facts, clock, isWritten }: ViewInput, now: MonotonicMs): ReasonView {
  const exitMs = exitMsOf(reason, facts.policy)
  return {
    rule: reason.rule,
    since: clock.label(reason.since),
    people: Math.min(50, reason.peakCount),
    clearing:
      reason.clearsAt === null || exitMs === 0
        ? null
        : { leftMs: Math.max(0, Math.round(reason.clearsAt - now)), totalMs: exitMs },
    exitMs,
    response: reason.response,
    there: reason.there,
    recorded: isWritten(reason.alertId)
  }
}

function reasonViews(input: ViewInput, hiding: boolean): ReasonView[] {
  const now = input.clock.now()
  return input.state.reasons
    .filter((reason) => hides(reason.response) === hiding && (hiding || reason.response === 'warn'))
    .map((reason) => reasonView(reason, input, now))
    .slice(0, MAX_RULES)
}

/** A check as the hub takes it: instants of our clock mean nothing there. */
const resultOf = ({ id, area, state, evidence, ageMs, remedy, enforcement }: Standing): CheckResult => ({
  id,
  area,
  state,
  evidence,
  ageMs,
  remedy,
  enforcement
})

const checkView = (check: Standing, clock: Clock): CheckView => ({
  ...check,
  seenAt: check.seenAt === null ? null : clock.label(check.seenAt)
})

/** The programs that somebody has to close. What is only reported is nobody's business here. */
function deniedPrograms({ applications }: Facts): readonly DeniedProgram[] {
  if (applications === null || applications.verdict === null) return []
  const { verdict, stubborn } = applications
  return verdict.found
    .filter(({ response }) => response !== 'report')
    .map(({ key, title, file, response, closable }) => ({
      title,
      file,
      response,
      stays: stubborn.includes(key) || !closable
    }))
}

export function shellView(input: ViewInput): ShellState {
  const { state, facts } = input
  const programs = deniedPrograms(facts)
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
    ...(facts.siteDenials.length === 0 ? {} : { siteDenials: [...facts.siteDenials] }),
    ...(facts.siteFailure === null ? {} : { siteFailure: facts.siteFailure }),
    checks: [
      ...ownChecks(facts).map((check) => ({ ...check, seenAt: null })),
      ...facts.checks.map((check) => checkView(check, input.clock))
    ],
    ...(programs.length === 0 ? {} : { deniedPrograms: [...programs] }),
    helpAsked: state.faultSince['help-asked'] !== undefined,
    ...(facts.breakGlass === null ? {} : { breakGlass: facts.breakGlass }),
    notice: facts.notice,
    told: facts.told,
    ...(facts.support === null ? {} : { support: facts.support }),
    offline: facts.offline
  }
}

export function blankView(input: ViewInput): BlankState {
  const { state, facts } = input
  const reasons = reasonViews(input, true)
  const programs = deniedPrograms(facts).filter(({ response }) => response !== 'warn')
  return {
    language: facts.language,
    desk: state.desk,
    reasons,
    recorded: reasons.length > 0 && reasons.every((reason) => reason.recorded),
    unfit: facts.checks
      .filter(({ enforcement, state: word }) => enforcement === 'block' && word !== 'pass')
      .map(({ id, remedy }) => ({ id, remedy })),
    ...(programs.length === 0 ? {} : { deniedPrograms: [...programs] }),
    mayAskException: facts.checks.some(
      ({ id, enforcement, state: word }) =>
        enforcement === 'block' &&
        word !== 'pass' &&
        facts.breakGlass?.waivable.some((one) => one === id) === true
    ),
    helpAsked: state.faultSince['help-asked'] !== undefined,
    flavour: FLAVOUR
  }
}

export function deskView({ state, facts }: Pick<ViewInput, 'state' | 'facts'>): DeskSnapshot {
  return {
    state: state.desk,
    locked: state.reasons.some(({ response, rule }) => response === 'lock' || rule === 'supervisor-lock'),
    // A desk that works under an exception is never just well on the board.
    reasons: [
      ...state.reasons.map(({ rule }) => rule),
      ...(facts.breakGlass?.now.stage === 'running' ? (['break-glass-used'] as const) : [])
    ].slice(0, MAX_RULES),
    since: facts.deskSince,
    person: state.person,
    policyVersion: facts.policy?.version ?? 0,
    model: facts.model,
    checks: [...ownChecks(facts), ...facts.checks.map(resultOf)]
  }
}
