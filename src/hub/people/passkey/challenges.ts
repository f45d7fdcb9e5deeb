import { createOnce, type Once } from '../sign-in/once'

/** What a challenge was given out for. */
export type ChallengeFor =
  { readonly kind: 'sign-in' } | { readonly kind: 'register'; readonly personId: string }

/** How long a person may look for their key, milliseconds. */
export const PASSKEY_PATIENCE_MS = 2 * 60_000

/** Challenges by their own text: each is good once. */
export const createChallenges = (): Once<ChallengeFor> =>
  createOnce<ChallengeFor>({ lifetimeMs: PASSKEY_PATIENCE_MS, max: 10_000 })

/** The challenge that a browser's answer says it is for; null when it says nothing that can be read. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    return typeof data === 'object' &&
      data !== null &&
      'challenge' in data &&
      typeof data.challenge === 'string'
      ? data.challenge
      : null
  } catch {
    return null // not JSON: no challenge of ours
  }
}
