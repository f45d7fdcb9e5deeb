import { z } from 'zod'

/** The text of one accommodation's envelope is at most so long. */
export const MAX_ACCOMMODATION_TEXT = 16_000
export const MAX_ACCOMMODATIONS = 8

/**
 * GET /device/v1/accommodations: the envelopes of whoever is signed in at this workstation from this run, as texts. The
 * device believes them for their signatures. Asked after a sign-in; an older hub answers `not-found`. Proof over an empty
 * body.
 */
export const accommodationsReplySchema = z.strictObject({
  v: z.literal(1),
  accommodations: z.array(z.string().max(MAX_ACCOMMODATION_TEXT)).max(MAX_ACCOMMODATIONS)
})
export type AccommodationsReply = z.infer<typeof accommodationsReplySchema>
export const ACCOMMODATIONS_PATH = '/device/v1/accommodations'
