import { z } from 'zod'
import { termsSchema } from '../alert/terms'

/** How supervisors work: what hub and console hold themselves to. It asks nothing of a desk. */
export const supervisionSchema = z.strictObject({
  /** When an alert is passed on that nobody answers, and the times of an appeal. */
  alerts: termsSchema.optional()
})
