import { z } from 'zod'
import { checkNames } from '../check/names'

/**
 * Why somebody at a desk asks that one check be waived for a while. A closed list: what a person types at a desk may be
 * about a member, and never leaves it. Whoever grants it writes the rest.
 */
export const breakGlassReasonSchema = z.enum([
  'cannot-mend-now',
  'member-waiting',
  'answer-is-wrong',
  'it-advised'
])
export type BreakGlassReason = z.infer<typeof breakGlassReasonSchema>

export const waivableCheckSchema = z.enum(checkNames)

/** 256 bits that a desk chose for one request, base64url: what makes a grant good once, and at one desk. */
export const requestNonceSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes in base64url')

/** A request is to be answered within this time, milliseconds; an answer that comes later is refused. */
export const REQUEST_LIFE_MS = 30 * 60_000

/** What a desk asks for. It holds the request itself: nothing that it did not ask for can be granted. */
export interface BreakGlassRequest {
  readonly id: string
  readonly nonce: string
  readonly check: z.infer<typeof waivableCheckSchema>
  readonly reason: BreakGlassReason
  /** Who was signed in when it was asked; null before a sign-in. */
  readonly person: string | null
}

/** How a running grant ended. */
export const breakGlassEndSchema = z.enum([
  'time-over',
  'signed-out',
  'taken-back',
  'policy-changed',
  'same-person',
  'program-ended'
])
export type BreakGlassEnd = z.infer<typeof breakGlassEndSchema>
