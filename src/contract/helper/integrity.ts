import { z } from 'zod'
import { programVerdictSchema } from '../../core/integrity/alteration'

/** Main to integrity: check the whole program now, then again every `everyMs`, slowly. */
export const toIntegritySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('watch'),
    /** The program's archive. */
    archive: z.string(),
    /** Milliseconds from the end of one check to the start of the next. */
    everyMs: z.number().int().min(1000).max(3_600_000)
  })
])
export type ToIntegrity = z.infer<typeof toIntegritySchema>

export const fromIntegritySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('verdict'),
    verdict: programVerdictSchema,
    /** How long the check took, milliseconds. */
    tookMs: z.number().nonnegative()
  })
])
export type FromIntegrity = z.infer<typeof fromIntegritySchema>
