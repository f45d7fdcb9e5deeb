import type { Observation } from '../observation/observation'
import type { Finding, SceneRuleId, SceneRules, Verdict } from './rule'

/** Evidence of one rule over time. */
export interface RuleMemory {
  /** When the evidence that is now unbroken began; null while there is none. */
  readonly seenSince: number | null
  readonly lastSeen: number | null
  readonly holding: Finding | null
}
export type JudgeMemory = Readonly<Record<SceneRuleId, RuleMemory>>

const blankMemory: RuleMemory = { seenSince: null, lastSeen: null, holding: null }
export const emptyMemory: JudgeMemory = {
  phone: blankMemory,
  book: blankMemory,
  'second-person': blankMemory,
  nobody: blankMemory
}

/**
 * Weighs one observation under the policy's rules. `now` is the monotonic instant of the frame, milliseconds.
 * Pure: the same observations in the same order give the same verdicts.
 */
export function judge(
  memory: JudgeMemory,
  observation: Observation,
  now: number,
  rules: SceneRules
): { readonly memory: JudgeMemory; readonly verdict: Verdict } {
  void observation
  void now
  void rules
  return { memory, verdict: { findings: [], complete: false } }
}
