import { z } from 'zod'
import { applicationRulesSchema } from '../application/rule'

/** The longest that support may run on without being asked for again, seconds. */
export const MAX_SUPPORT_SECONDS = 300

/**
 * Support mode: a supervisor asks for it, and for so long the programs that these rules name may run at a desk that
 * denies them otherwise, such as the tool by which IT shares a screen. Rules that are locked stay.
 */
export const supportSchema = z.strictObject({
  seconds: z.number().int().min(30).max(MAX_SUPPORT_SECONDS).default(MAX_SUPPORT_SECONDS),
  rules: applicationRulesSchema
    .min(1)
    .max(20)
    .check(({ value, issues }) => {
      value.forEach(({ verdict }, index) => {
        if (verdict === 'allow') return
        const message = 'support mode only lets programs run; deny others under applications'
        issues.push({ code: 'custom', path: [index, 'verdict'], message, input: verdict })
      })
    })
})
export type SupportPolicy = z.infer<typeof supportSchema>
