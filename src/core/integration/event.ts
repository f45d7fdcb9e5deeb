import { z } from 'zod'

/** What a channel can be told of. */
export const eventKindSchema = z.enum(['readiness', 'alert-raised', 'alert-escalated'])
export type EventKind = z.infer<typeof eventKindSchema>

/** By which way. */
export const channelKindSchema = z.enum(['webhook', 'email'])
export type ChannelKind = z.infer<typeof channelKindSchema>

/** What a way is good for: a telephony system reads no mail. */
export const eventsOf: Readonly<Record<ChannelKind, readonly EventKind[]>> = {
  webhook: eventKindSchema.options,
  email: ['alert-raised', 'alert-escalated']
}
