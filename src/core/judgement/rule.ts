import { z } from 'zod'
import { cameraVerdictSchema, type CameraVerdict } from '../observation/camera-truth'

const sceneRuleIds = ['phone', 'book', 'second-person', 'nobody', 'second-screen'] as const
const cameraRuleIds = [
  'camera-covered',
  'camera-dark',
  'camera-blurred',
  'camera-frozen',
  'camera-looped',
  'camera-photo',
  'camera-virtual',
  'camera-moved',
  'camera-weak'
] as const satisfies readonly `camera-${CameraVerdict}`[]

/** Everything that can hide the desk or raise an alert. */
export const ruleIdSchema = z.enum([
  ...sceneRuleIds,
  ...cameraRuleIds,
  'camera-lost',
  'sensor-silent',
  'hub-gone',
  'policy-lapsed',
  'program-altered',
  /** A check of the computer that blocks does not pass. */
  'device-unfit',
  /** A check of the computer that warns does not pass. */
  'device-doubtful',
  'vpn-lost',
  /** A program runs that may not, and hides the desk until it is gone. */
  'application-denied',
  /** A program runs that may not, and the person is told. */
  'application-warned',
  /** A program runs that may not, and is recorded. */
  'application-noted',
  /** What runs beside Havendesk cannot be told. */
  'applications-unknown',
  /** Raised at the start, before anybody can sign in. */
  'unsafe-start',
  'help-asked',
  /** A supervisor locked the desk. */
  'supervisor-lock',
  /** A desk asks that one of its checks be waived for a while. */
  'break-glass-asked',
  /** One of a desk's checks is waived. */
  'break-glass-used',
  /** Raised by the hub alone: two programs spoke with this device's key. */
  'device-copied'
])
export type RuleId = z.infer<typeof ruleIdSchema>

/** As many rules as can hold at once, for the bounds of lists. */
export const MAX_RULES = ruleIdSchema.options.length

/** The rules that are judged from what the camera saw. */
export const sceneRuleIdSchema = z.enum(sceneRuleIds)
export type SceneRuleId = z.infer<typeof sceneRuleIdSchema>

/** The rules that are judged from what is known of the camera itself. */
export const cameraRuleIdSchema = z.enum(cameraRuleIds)
export type CameraRuleId = z.infer<typeof cameraRuleIdSchema>

/** All that a policy has a say in. */
export type JudgedRuleId = SceneRuleId | CameraRuleId
export const judgedRuleIds: readonly JudgedRuleId[] = [...sceneRuleIds, ...cameraRuleIds]

/** The rule that follows from a verdict about the camera. */
export const cameraRuleOf = (verdict: CameraVerdict): CameraRuleId => `camera-${verdict}`
export const cameraVerdicts: readonly CameraVerdict[] = cameraVerdictSchema.options

/** What follows when a rule holds, mildest first. `lock` hides until a supervisor unlocks. */
export const responseSchema = z.enum(['log', 'warn', 'blank', 'lock'])
export type Response = z.infer<typeof responseSchema>

/** How a rule's own repeats are answered harder. */
export const escalationSchema = z.strictObject({
  /** So many alerts of this rule within `withinMs` have the rule's own response; the next one has `to`. */
  after: z.number().int().min(1).max(20),
  /** Milliseconds, at most a day. */
  withinMs: z.number().int().min(1000).max(86_400_000),
  to: responseSchema
})
export type Escalation = z.infer<typeof escalationSchema>

const timing = {
  response: responseSchema,
  /** Evidence that must be gathered before the rule holds, milliseconds; 0 means one look. A sure look counts up to twice. */
  enterMs: z.number().int().min(0).max(60_000),
  /** How long it must be gone before the rule clears, milliseconds. */
  exitMs: z.number().int().min(0).max(60_000),
  /** What holds again so soon after its end belongs to the same alert, milliseconds; at most an hour. */
  cooldownMs: z.number().int().min(0).max(3_600_000),
  escalate: escalationSchema.optional(),
  /** The rule is judged and recorded, and nothing follows at the desk, whatever `response` and `escalate` say. */
  reportOnly: z.boolean().optional()
}

/** How one rule about the room is judged. */
export const sceneRuleSchema = z.strictObject({
  ...timing,
  /** Confidence from which the detector's answer counts as present, 0 to 1. For `nobody`: from which a person counts. */
  threshold: z.number().min(0.05).max(0.99)
})
export type SceneRule = z.infer<typeof sceneRuleSchema>

/** Who else may be in the room: so many people beside the one who works are nobody's business. Left out: none. */
export const secondPersonRuleSchema = sceneRuleSchema.extend({
  others: z.number().int().min(0).max(3).optional()
})

/**
 * How one rule about the camera is judged, and what every rule has. The sensor decides whether it holds, so there is no
 * threshold.
 */
export const cameraRuleSchema = z.strictObject(timing)
export type CameraRule = z.infer<typeof cameraRuleSchema>

/** Every rule of a policy, none left out. */
export const rulesSchema = z.strictObject({
  phone: sceneRuleSchema,
  book: sceneRuleSchema,
  'second-person': secondPersonRuleSchema,
  nobody: sceneRuleSchema,
  'second-screen': sceneRuleSchema,
  'camera-covered': cameraRuleSchema,
  'camera-dark': cameraRuleSchema,
  'camera-blurred': cameraRuleSchema,
  'camera-frozen': cameraRuleSchema,
  'camera-looped': cameraRuleSchema,
  'camera-photo': cameraRuleSchema,
  'camera-virtual': cameraRuleSchema,
  'camera-moved': cameraRuleSchema,
  'camera-weak': cameraRuleSchema
} satisfies Record<JudgedRuleId, z.ZodType>)
export type Rules = z.infer<typeof rulesSchema>

/** One rule that holds now. */
export interface Finding {
  readonly rule: RuleId
  readonly response: Response
  /** Monotonic instant, milliseconds, at which the evidence of now began. */
  readonly since: number
  /** When the alert began that this belongs to: earlier than `since` when it came back within the cooldown. */
  readonly openedAt: number
  /** How often it has held within this alert, from 1. */
  readonly count: number
  /** How long it held before `since` within this alert, milliseconds. */
  readonly heldBeforeMs: number
  /** Best confidence seen in this alert, 0 to 1; 1 for facts that are not detections. */
  readonly peakScore: number
  /** Most people seen at once in this alert; 0 when the rule does not count people. */
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
