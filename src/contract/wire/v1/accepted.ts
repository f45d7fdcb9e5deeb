import { z } from 'zod'

/** The answer to an act whose effect arrives elsewhere. */
export const acceptedSchema = z.strictObject({ accepted: z.literal(true) })
