import { z } from 'zod'
import { senderSchema } from './sender'

/**
 * POST /device/v1/offline: how somebody stands with the hub whom this workstation would let in without it. Asked when
 * the hub is back, when the device was woken and now and then. With `since` it also tells of a session that began
 * without the hub, which then gets its place in the hub's book. An older hub answers `not-found`.
 */
export const OFFLINE_PATH = '/device/v1/offline'
export const offlineRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  person: z.uuid(),
  /** When they signed in without the hub, by the device's clock; null when nobody did. */
  since: z.iso.datetime().nullable()
})
export type OfflineRequest = z.infer<typeof offlineRequestSchema>

export const offlineReplySchema = z.strictObject({
  v: z.literal(1),
  /** `out`: the person may not work here, or not any more. */
  standing: z.enum(['good', 'out']),
  /** The session as the hub knows it from now on; null when none was asked for, or none is granted. */
  session: z.uuid().nullable()
})
export type OfflineReply = z.infer<typeof offlineReplySchema>
