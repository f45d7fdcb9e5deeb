import { assertNever, err, ok, type Result } from '../result'
import type { Severity } from './alert'
import { levelOf, reasonsFor, stageOf, type DecisionReason, type Life, type Verdict } from './life'
import type { Terms } from './terms'

/** What happens to an alert. `at` is the hub's clock, milliseconds since 1970; `by` a person's id. */
export type LifeEvent =
  | { readonly kind: 'acknowledge'; readonly at: number; readonly by: string }
  | {
      readonly kind: 'decide'
      readonly at: number
      readonly by: string
      readonly verdict: Verdict
      readonly reason: DecisionReason
      readonly note: string
    }
  /** The person whom the alert is about says that the decision is wrong. */
  | { readonly kind: 'appeal'; readonly at: number; readonly statement: string }
  | {
      readonly kind: 'answer-appeal'
      readonly at: number
      readonly by: string
      readonly upheld: boolean
      readonly note: string
    }
  /** Time went by: whatever is due by `at` happens. */
  | { readonly kind: 'time'; readonly at: number }

/** Why something does not happen. `nothing-changes` is no error: it was so already. */
export type LifeRefusal =
  | 'nothing-changes'
  | 'decided-already'
  | 'reason-does-not-fit'
  | 'nothing-to-appeal'
  | 'too-late'
  | 'appealed-already'
  | 'not-appealed'
  /** Nobody answers an appeal against their own decision. */
  | 'own-decision'
  | 'closed'

/** What an alert that just came is handled by. */
export function beginning(at: number, severity: Severity, terms: Terms): Life {
  return {
    raisedAt: at,
    acknowledged: null,
    escalations: [],
    escalateAt: at + terms.escalation[severity].leadAfterS * 1000,
    decision: null,
    appealUntil: null,
    appeal: null,
    closedAt: null
  }
}

const HOUR_MS = 3_600_000

/** One step of an alert's life. Pure: the same life and the same event always end in the same. */
export function step(
  life: Life,
  event: LifeEvent,
  severity: Severity,
  terms: Terms
): Result<Life, LifeRefusal> {
  if (event.kind === 'time') return elapse(life, event.at, severity, terms)
  if (life.closedAt !== null) return err(event.kind === 'acknowledge' ? 'nothing-changes' : 'closed')
  switch (event.kind) {
    case 'acknowledge':
      if (life.acknowledged !== null) return err('nothing-changes')
      return ok({ ...life, acknowledged: { at: event.at, by: event.by }, escalateAt: null })
    case 'decide': {
      if (life.decision !== null) return err('decided-already')
      if (!reasonsFor[event.verdict].includes(event.reason)) return err('reason-does-not-fit')
      const { at, by, verdict, reason, note } = event
      // Who decides has taken note of it.
      const seen = { ...life, acknowledged: life.acknowledged ?? { at, by }, escalateAt: null }
      const decided = { ...seen, decision: { at, by, verdict, reason, note } }
      // Nobody is burdened by a false alarm: there is nothing to wait for.
      return verdict === 'false-alarm'
        ? ok({ ...decided, closedAt: at })
        : ok({ ...decided, appealUntil: at + terms.appeal.fileWithinH * HOUR_MS })
    }
    case 'appeal': {
      if (life.appeal !== null) return err('appealed-already')
      if (life.decision === null || life.appealUntil === null) return err('nothing-to-appeal')
      if (event.at >= life.appealUntil) return err('too-late')
      const dueAt = event.at + terms.appeal.answerWithinH * HOUR_MS
      return ok({ ...life, appeal: { at: event.at, statement: event.statement, dueAt, answer: null } })
    }
    case 'answer-appeal': {
      if (life.appeal === null || life.decision === null) return err('not-appealed')
      if (life.decision.by === event.by) return err('own-decision')
      const { at, by, upheld, note } = event
      return ok({ ...life, appeal: { ...life.appeal, answer: { at, by, upheld, note } }, closedAt: at })
    }
    default:
      return assertNever(event)
  }
}

/** When something becomes due by itself; null when only people move it on. */
export function dueAt(life: Life): number | null {
  const stage = stageOf(life)
  if (stage === 'raised') return life.escalateAt
  return stage === 'decided' ? life.appealUntil : null
}

function elapse(life: Life, now: number, severity: Severity, terms: Terms): Result<Life, LifeRefusal> {
  const due = dueAt(life)
  if (due === null || due > now) return err('nothing-changes')
  if (stageOf(life) === 'decided') return ok({ ...life, closedAt: due })
  const { onCallAfterS } = terms.escalation[severity]
  const called = levelOf(life)
  if (called === 'supervisor') {
    const next = onCallAfterS === undefined ? null : life.raisedAt + onCallAfterS * 1000
    const escalated = {
      ...life,
      escalations: [{ level: 'lead' as const, at: now }],
      escalateAt: next
    }
    // A hub that was down catches up with everything that became due meanwhile.
    return next !== null && next <= now ? elapse(escalated, now, severity, terms) : ok(escalated)
  }
  const escalations = [...life.escalations, { level: 'on-call' as const, at: now }]
  return ok({ ...life, escalations, escalateAt: null })
}
