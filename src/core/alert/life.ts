import { z } from 'zod'

/** Whose turn an alert is: each time nobody answers, one more is called. */
export const levelSchema = z.enum(['supervisor', 'lead', 'on-call'])
export type Level = z.infer<typeof levelSchema>

/** What a person found out about an alert. */
export const verdictSchema = z.enum(['agreed', 'false-alarm'])
export type Verdict = z.infer<typeof verdictSchema>

/** Why, in words that can be counted. The first three go with `agreed`, the others with `false-alarm`. */
export const decisionReasonSchema = z.enum([
  'breach',
  'honest-mistake',
  'agreed-other',
  'mistaken-object',
  'allowed',
  'technical',
  'false-other'
])
export type DecisionReason = z.infer<typeof decisionReasonSchema>

export const reasonsFor: Readonly<Record<Verdict, readonly DecisionReason[]>> = {
  agreed: ['honest-mistake', 'breach', 'agreed-other'],
  'false-alarm': ['mistaken-object', 'allowed', 'technical', 'false-other']
}

/** What a person writes to a decision or against one. It is shown to the other side, and kept. */
export const noteSchema = z.string().trim().min(1).max(1000)

/** What became of an objection at the desk: taken, not possible any more, or the hub could not be asked. */
export const appealOutcomeSchema = z.enum(['accepted', 'too-late', 'hub-unreachable'])
export type AppealOutcome = z.infer<typeof appealOutcomeSchema>

export const stageSchema = z.enum(['raised', 'acknowledged', 'decided', 'appealed', 'closed'])
export type Stage = z.infer<typeof stageSchema>

/** An act of somebody: when (milliseconds since 1970) and by whom (their id). */
export interface Done {
  readonly at: number
  readonly by: string
}

export interface Decision extends Done {
  readonly verdict: Verdict
  readonly reason: DecisionReason
  readonly note: string
}

export interface Appeal {
  readonly at: number
  readonly statement: string
  /** By when it has to be answered. */
  readonly dueAt: number
  readonly answer: (Done & { readonly upheld: boolean; readonly note: string }) | null
}

/** What people made of one alert. All times are the hub's, milliseconds since 1970. */
export interface Life {
  readonly raisedAt: number
  readonly acknowledged: Done | null
  /** Who was called by silence, and when. */
  readonly escalations: readonly { readonly level: Exclude<Level, 'supervisor'>; readonly at: number }[]
  /** When silence calls the next; null when it calls nobody any more. */
  readonly escalateAt: number | null
  readonly decision: Decision | null
  /** Until when the advocate may say that the decision is wrong; null when there is nothing to say it about. */
  readonly appealUntil: number | null
  readonly appeal: Appeal | null
  readonly closedAt: number | null
}

/** How far an alert has come. */
export function stageOf(life: Life): Stage {
  if (life.closedAt !== null) return 'closed'
  if (life.appeal !== null) return 'appealed'
  if (life.decision !== null) return 'decided'
  return life.acknowledged === null ? 'raised' : 'acknowledged'
}

export const levelOf = (life: Pick<Life, 'escalations'>): Level =>
  life.escalations.at(-1)?.level ?? 'supervisor'

/** As much of a life as says what was found: also one as it goes over the wire. */
interface Found {
  readonly decision: { readonly verdict: Verdict } | null
  readonly appeal: { readonly answer: { readonly upheld: boolean } | null } | null
}

/** What counts in the end: an appeal that was upheld turns the decision round. */
export function verdictOf({ decision, appeal }: Found): Verdict | null {
  if (decision === null) return null
  if (appeal?.answer?.upheld !== true) return decision.verdict
  return decision.verdict === 'agreed' ? 'false-alarm' : 'agreed'
}
