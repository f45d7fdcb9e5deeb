import { z } from 'zod'
import { codeIntegrityQuestion, codeIntegrityReply } from './code-integrity'
import { lockDownQuestion, lockDownReply } from './lock-down'
import { programsQuestion, programsReply } from './programs'
import { tunnelsQuestion, tunnelsReply } from './tunnels'

/** What may be asked of the privileged service. A closed list: it never runs what it is handed. */
export const questionSchema = z.discriminatedUnion('ask', [
  z.strictObject({ id: z.uuid(), ask: z.literal('uptime') }),
  /** What the firewall's rules in force do with what comes in unasked. */
  z.strictObject({ id: z.uuid(), ask: z.literal('firewall') }),
  /** How the volumes are kept. */
  z.strictObject({ id: z.uuid(), ask: z.literal('volumes') }),
  z.strictObject({ id: z.uuid(), ask: z.literal('tpm') }),
  codeIntegrityQuestion,
  programsQuestion,
  tunnelsQuestion,
  lockDownQuestion
])
export type Question = z.infer<typeof questionSchema>

const profileSchema = z.strictObject({
  name: z.string().min(1).max(40),
  on: z.boolean(),
  dropsIncoming: z.boolean().nullable()
})
const volumeSchema = z.strictObject({
  use: z.string().min(1).max(40),
  state: z.enum(['encrypted', 'plain', 'suspended', 'converting', 'locked', 'unknown'])
})

/** One line of JSON per answer. */
export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uptime'), id: z.uuid(), seconds: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('firewall'), id: z.uuid(), profiles: z.array(profileSchema).max(16) }),
  z.strictObject({ kind: z.literal('volumes'), id: z.uuid(), volumes: z.array(volumeSchema).max(64) }),
  z.strictObject({
    kind: z.literal('tpm'),
    id: z.uuid(),
    present: z.boolean(),
    major: z.number().int().min(1).max(9).nullable(),
    ready: z.boolean()
  }),
  codeIntegrityReply,
  programsReply,
  tunnelsReply,
  lockDownReply,
  z.strictObject({
    kind: z.literal('refused'),
    /** Null when the question had no readable id. */
    id: z.uuid().nullable(),
    /** `cannot-tell`: the question is understood, and the system gave no answer that could be passed on. */
    reason: z.enum(['not-your-peer', 'unreadable', 'too-large', 'cannot-tell']),
    message: z.string().max(300)
  })
])
export type Reply = z.infer<typeof replySchema>

/** Questions and replies are lines of JSON; longer lines are refused. */
export const MAX_LINE_BYTES = 16 * 1024
