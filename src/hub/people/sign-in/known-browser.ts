import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SignInKeys } from './keys'

/** How long a browser in which somebody signed in is told from others, milliseconds. */
export const KNOWN_MS = 90 * 86_400_000

/**
 * What a browser keeps after a sign-in: whose it was and when, signed. It lets nobody in. Wrong tries from there are
 * counted apart, so that strangers who try an account make only each other wait (OWASP: device cookies).
 */
export function knownBrowser(keys: SignInKeys, person: string, now: Date): string {
  const claim = `${person}.${now.getTime()}`
  return `${claim}.${macOf(keys, claim)}`
}

/** Whether this person signed in there before. */
export function isKnownTo(keys: SignInKeys, value: string | null, person: string, now: Date): boolean {
  const [whose, at, mac, ...more] = value?.split('.') ?? []
  if (whose !== person || at === undefined || mac === undefined || more.length > 0) return false
  const age = now.getTime() - Number(at)
  const right = Buffer.from(macOf(keys, `${whose}.${at}`))
  const given = Buffer.from(mac)
  return right.length === given.length && timingSafeEqual(right, given) && age >= 0 && age <= KNOWN_MS
}

const macOf = (keys: SignInKeys, claim: string): string =>
  createHmac('sha256', keys.browserKey).update(claim).digest('base64url')
