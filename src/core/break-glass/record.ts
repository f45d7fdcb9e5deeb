import { z } from 'zod'
import {
  breakGlassEndSchema,
  breakGlassReasonSchema,
  requestNonceSchema,
  waivableCheckSchema
} from './request'

const about = { request: z.uuid(), check: waivableCheckSchema }

/** What a desk records of break-glass, stage by stage; stored at the hub in order, and never altered there. */
export const breakGlassRecordSchema = z.discriminatedUnion('stage', [
  z.strictObject({
    stage: z.literal('asked'),
    ...about,
    reason: breakGlassReasonSchema,
    nonce: requestNonceSchema,
    person: z.uuid().nullable()
  }),
  /** The check is waived from now on. Written to the disk before it is. */
  z.strictObject({
    stage: z.literal('used'),
    ...about,
    approver: z.string().max(200),
    minutes: z.number().int().min(1).max(60)
  }),
  z.strictObject({
    stage: z.literal('ended'),
    ...about,
    why: breakGlassEndSchema,
    /** How long the check was waived, milliseconds. */
    usedMs: z.number().int().nonnegative()
  }),
  /** A request that nobody answered in time, that was declined or taken back. */
  z.strictObject({
    stage: z.literal('closed'),
    ...about,
    why: z.enum(['declined', 'not-answered', 'signed-out', 'program-ended'])
  }),
  /** What came as a grant is none for this desk and request. `why` is a label of the program's. */
  z.strictObject({ stage: z.literal('refused'), request: z.uuid(), why: z.string().max(40) })
])
export type BreakGlassRecord = z.infer<typeof breakGlassRecordSchema>
