import { z } from 'zod'

/** Main to guard: proof of life, several a second. Silence for `GUARD_LIMIT_MS` ends the client. */
export const toGuardSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beat') }),
  /** The client closes on purpose: stop watching. */
  z.strictObject({ kind: z.literal('stand-down') })
])
export type ToGuard = z.infer<typeof toGuardSchema>

/** Guard to main: an answer to each beat, so that a guard that is stopped is known as missing. */
export const fromGuardSchema = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('watching') })])
export type FromGuard = z.infer<typeof fromGuardSchema>

export const GUARD_BEAT_MS = 250
/** Ends the client this long after the last beat; leaves half a second of the promised three for the ending. */
export const GUARD_LIMIT_MS = 2500
/** So long may a guard that was just started take to answer: nothing is shown meanwhile. */
export const GUARD_START_LIMIT_MS = 30_000
