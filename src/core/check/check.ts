import { z } from 'zod'
import { enforcementSchema } from './enforcement'

/** Every check ends as one of these. Only `pass` keeps protected information on screen. */
export const checkStateSchema = z.enum(['pass', 'fail', 'unknown', 'error', 'stale'])
export type CheckState = z.infer<typeof checkStateSchema>

/** The three groups a supervisor sees as dots on a tile. */
export const checkAreaSchema = z.enum(['camera', 'device', 'network'])
export type CheckArea = z.infer<typeof checkAreaSchema>

/** What one probe found out, with what a person needs to believe and to mend it. */
export const checkResultSchema = z.strictObject({
  id: z.string().min(1).max(64),
  area: checkAreaSchema,
  state: checkStateSchema,
  /** What was seen, in the machine's own words; shown with a copy button. */
  evidence: z.string().max(500),
  /** Age of the evidence in milliseconds when this result was made. */
  ageMs: z.number().nonnegative(),
  /** Key into the message catalogue: how to mend it. */
  remedy: z.string().max(64),
  /** What the policy in force lets follow from it; absent where no policy has a say, and from an older client. */
  enforcement: enforcementSchema.optional()
})
export type CheckResult = z.infer<typeof checkResultSchema>

const worstFirst: readonly CheckState[] = ['fail', 'error', 'stale', 'unknown', 'pass']

/** The state of a group of checks: the worst of them; no check at all is `unknown`, never `pass`. */
export function worstOf(states: readonly CheckState[]): CheckState {
  return worstFirst.find((state) => states.includes(state)) ?? 'unknown'
}
