import { z } from 'zod'

/** What a policy lets follow when a check does not pass: a line for IT, a warning at the desk, or a hidden desk. */
export const enforcementSchema = z.enum(['report', 'warn', 'block'])
export type Enforcement = z.infer<typeof enforcementSchema>
