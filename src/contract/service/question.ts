import { z } from 'zod'
import { tunnelsQuestion, tunnelsReply } from './tunnels'

/** What may be asked of the privileged service. A closed list: it never runs what it is handed. */
export const questionSchema = z.discriminatedUnion('ask', [
  z.strictObject({ id: z.uuid(), ask: z.literal('uptime') }),
  tunnelsQuestion
])
export type Question = z.infer<typeof questionSchema>

/** One line of JSON per answer. */
export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uptime'), id: z.uuid(), seconds: z.number().nonnegative() }),
  tunnelsReply,
  z.strictObject({
    kind: z.literal('refused'),
    /** Null when the question had no readable id. */
    id: z.uuid().nullable(),
    reason: z.enum(['not-your-peer', 'unreadable', 'too-large']),
    message: z.string().max(300)
  })
])
export type Reply = z.infer<typeof replySchema>

/** Questions and replies are lines of JSON; longer lines are refused. */
export const MAX_LINE_BYTES = 16 * 1024
