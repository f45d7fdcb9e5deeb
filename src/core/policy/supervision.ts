import { z } from 'zod'
import { termsSchema } from '../alert/terms'
import { instructionPolicySchema } from '../instruction/instruction'
import { supportSchema } from './support'

/** How supervisors work: what hub and console hold themselves to, and what a desk takes from them. */
export const supervisionSchema = z.strictObject({
  /** When an alert is passed on that nobody answers, and the times of an appeal. */
  alerts: termsSchema.optional(),
  /** What may be asked of a desk from the console; left out: to lock, to tell, to end the session and to look again. */
  instructions: instructionPolicySchema.optional(),
  /** What support mode lets run; left out: there is none, whatever is allowed to be asked. */
  support: supportSchema.optional()
})
