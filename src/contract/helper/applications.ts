import { z } from 'zod'
import { applicationsVerdictSchema } from '../../core/application/judge'
import { applicationPolicySchema } from '../../core/application/policy'

/** Main to probe: which programs may run. Null: nothing is looked at. */
export const applicationsOrder = z.strictObject({
  kind: z.literal('applications'),
  /** Comes back with each verdict, so that one under an older policy is known as such. */
  order: z.number().int().nonnegative(),
  serviceSocket: z.string(),
  /** Process id of main: it and what it started are our own. */
  main: z.number().int().positive(),
  policy: applicationPolicySchema.nullable()
})
export type ApplicationsOrder = z.infer<typeof applicationsOrder>

/** Probe to main: what one look at everything that runs came to. */
export const applicationsNews = z.strictObject({
  kind: z.literal('applications'),
  order: z.number().int().nonnegative(),
  verdict: applicationsVerdictSchema,
  /** Programs that were closed and are still there, by their keys. */
  stubborn: z.array(z.string().max(64)).max(32)
})
export type ApplicationsNews = z.infer<typeof applicationsNews>
