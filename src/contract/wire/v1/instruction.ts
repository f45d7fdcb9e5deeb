import { z } from 'zod'
import {
  instructionKindSchema,
  instructionOutcomeSchema,
  instructionSchema,
  messageTextSchema
} from '../../../core/instruction/instruction'

/** GET /device/v1/instructions: what is asked of this run of the desk and not confirmed yet. Proof over an empty body. */
export const INSTRUCTIONS_PATH = '/device/v1/instructions'
export const MAX_INSTRUCTIONS = 20
export const instructionsReplySchema = z.strictObject({
  v: z.literal(1),
  instructions: z.array(instructionSchema).max(MAX_INSTRUCTIONS)
})
export type InstructionsReply = z.infer<typeof instructionsReplySchema>

/** POST /console/v1/workstations/:id/instructions; the desk's confirmation shows in the list. */
export const instructRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), text: messageTextSchema }),
  z.strictObject({ kind: instructionKindSchema.exclude(['message']) })
])
export type InstructRequest = z.infer<typeof instructRequestSchema>

/** GET /console/v1/workstations/:id/instructions: those of the last day, newest first, and what the policy allows. */
export const instructionListSchema = z.strictObject({
  allowed: z.array(instructionKindSchema),
  instructions: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: instructionKindSchema,
      text: z.string().nullable(),
      by: z.string(),
      at: z.iso.datetime(),
      /** `expired`: the desk did not take it in time. */
      status: z.enum(['waiting', 'expired', ...instructionOutcomeSchema.options]),
      confirmedAt: z.iso.datetime().nullable()
    })
  )
})
export type InstructionList = z.infer<typeof instructionListSchema>
