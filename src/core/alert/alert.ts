import { z } from 'zod'
import { responseSchema, ruleIdSchema, type Response, type RuleId } from '../judgement/rule'

export const severitySchema = z.enum(['notice', 'attention', 'act'])
export type Severity = z.infer<typeof severitySchema>

const isoInstant = z.iso.datetime()

/** What is told to the hub when a rule starts to hold. Labels, counts, confidences and hashes; nothing else leaves. */
export const alertSchema = z.strictObject({
  id: z.uuid(),
  rule: ruleIdSchema,
  severity: severitySchema,
  /** The workstation's wall clock when the evidence began: a label. */
  raisedAt: isoInstant,
  /** Best confidence of the evidence so far, 0 to 1. */
  score: z.number().min(0).max(1),
  /** People in view, for the rules that count them, else 0. */
  people: z.number().int().min(0).max(50),
  /** True when the screen was hidden because of it. */
  hidden: z.boolean(),
  /** What followed at the desk. A client from before this field leaves it out. */
  response: responseSchema.optional(),
  model: z.string().max(80),
  policyVersion: z.number().int().nonnegative()
})
export type Alert = z.infer<typeof alertSchema>

/** What the alert told of came back within the rule's cooldown: the alert goes on. */
export const alertResumeSchema = z.strictObject({
  id: z.uuid(),
  resumedAt: isoInstant,
  /** How often it has held now, this time included. */
  count: z.number().int().min(2)
})
export type AlertResume = z.infer<typeof alertResumeSchema>

/** How an alert ended: the evidence was gone for the rule's exit time. */
export const alertEndSchema = z.strictObject({
  id: z.uuid(),
  endedAt: isoInstant,
  /** How long it held; pauses within the cooldown are left out. */
  durationMs: z.number().int().nonnegative(),
  /** How often it held. A client from before this field leaves it out. */
  count: z.number().int().positive().optional(),
  peakScore: z.number().min(0).max(1),
  peakPeople: z.number().int().min(0).max(50)
})
export type AlertEnd = z.infer<typeof alertEndSchema>

const severities: Readonly<Record<RuleId, Severity>> = {
  phone: 'attention',
  book: 'attention',
  'second-person': 'attention',
  nobody: 'notice',
  'second-screen': 'notice',
  'camera-covered': 'attention',
  'camera-dark': 'notice',
  'camera-blurred': 'notice',
  'camera-frozen': 'attention',
  'camera-looped': 'attention',
  'camera-photo': 'attention',
  'camera-virtual': 'attention',
  'camera-moved': 'notice',
  'camera-weak': 'notice',
  'camera-lost': 'attention',
  'sensor-silent': 'attention',
  'hub-gone': 'notice',
  'policy-lapsed': 'attention',
  'program-altered': 'act',
  'device-unfit': 'attention',
  'device-doubtful': 'notice',
  'vpn-lost': 'attention',
  'application-denied': 'attention',
  'application-warned': 'attention',
  'application-noted': 'notice',
  'applications-unknown': 'attention',
  'unsafe-start': 'act',
  'help-asked': 'act',
  'supervisor-lock': 'notice',
  'break-glass-asked': 'act',
  'break-glass-used': 'act',
  'device-copied': 'act'
}

/** How soon a supervisor should look at it: a locked desk waits for them, what is only noted can wait. */
export function severityOf(rule: RuleId, response: Response): Severity {
  const own = severities[rule]
  if (response === 'lock') return 'act'
  return response === 'log' && own !== 'act' ? 'notice' : own
}
