import { z } from 'zod'

/** What a key of the integration API may do. Each route asks for exactly one of them. */
export const scopeSchema = z.enum([
  /** Tell who is on a call, and the figures of a day. */
  'calls.write',
  /** Tell who works when, and how far they kept to it. */
  'schedule.write',
  /** Tell licences and certifications with their ends. */
  'certifications.write',
  /** Ask which people are ready at their desks now. */
  'readiness.read'
])
export type Scope = z.infer<typeof scopeSchema>
