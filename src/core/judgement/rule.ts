import { z } from 'zod'

/** Everything that can hide the desk or raise an alert. */
export const ruleIdSchema = z.enum([
  'phone',
  'book',
  'second-person',
  'nobody',
  'camera-lost',
  'sensor-silent',
  'hub-gone',
  'help-asked'
])
export type RuleId = z.infer<typeof ruleIdSchema>

/** The rules that are judged from what the camera saw. */
export const sceneRuleIdSchema = z.enum(['phone', 'book', 'second-person', 'nobody'])
export type SceneRuleId = z.infer<typeof sceneRuleIdSchema>

/** What follows when a rule holds, mildest first. */
export const responseSchema = z.enum(['log', 'warn', 'blank'])
export type Response = z.infer<typeof responseSchema>

/** How one rule is judged. Times are milliseconds of evidence without interruption. */
export const sceneRuleSchema = z.strictObject({
  response: responseSchema,
  /** Confidence from which the detector's answer counts as present, 0 to 1. For `nobody`: from which a person counts. */
  threshold: z.number().min(0.05).max(0.99),
  /** How long it must be seen before the rule holds; 0 means one frame. */
  enterMs: z.number().int().min(0).max(60_000),
  /** How long it must be gone before the rule clears. */
  exitMs: z.number().int().min(0).max(60_000)
})
export type SceneRule = z.infer<typeof sceneRuleSchema>

export const sceneRulesSchema = z.strictObject({
  phone: sceneRuleSchema,
  book: sceneRuleSchema,
  'second-person': sceneRuleSchema,
  nobody: sceneRuleSchema
})
export type SceneRules = z.infer<typeof sceneRulesSchema>

/** One rule that holds now. */
export interface Finding {
  readonly rule: RuleId
  readonly response: Response
  /** Monotonic instant at which the evidence began. */
  readonly since: number
  /** Best confidence seen while it held, 0 to 1; 1 for facts that are not detections. */
  readonly peakScore: number
  /** Most people seen at once while it held; 0 when the rule does not count people. */
  readonly peakCount: number
  /** Set while the evidence is gone and the exit dwell runs: when it clears if nothing comes back. */
  readonly clearsAt: number | null
}

/** What the room means under the policy. An empty list means every question was answered and nothing holds. */
export interface Verdict {
  readonly findings: readonly Finding[]
  /** False until every question that the policy asks has a fresh answer. */
  readonly complete: boolean
}
