import { z } from 'zod'
import { MAX_OFFLINE_HOURS } from './policy'

/**
 * What a desk remembers of the person who signed in last, so that they can sign in while the hub is away. It says
 * nothing of the password; that is the verifier's matter. Instants are milliseconds since 1970 by the desk's trusted
 * clock, which never goes back.
 */
export const knownPersonSchema = z.strictObject({
  person: z.strictObject({ id: z.uuid(), name: z.string().max(200) }),
  /** Trimmed and in lower case. */
  email: z.string().max(200),
  /** The policy that was in force; under another one nobody gets in. */
  policyVersion: z.number().int().positive(),
  /** SHA-256 of the program that the hub believed, hex; another one lets nobody in. */
  program: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the hub last said that the person may work here. */
  confirmedAt: z.number().nonnegative(),
  /** The latest instant that is known to have passed. */
  seenAt: z.number().nonnegative(),
  /** Wrong passwords in a row, those under way among them. */
  tries: z.number().int().nonnegative(),
  /** Before this instant no password is looked at. */
  waitUntil: z.number().nonnegative(),
  /** True while the hub refuses to believe this workstation. */
  suspended: z.boolean()
})
export type KnownPerson = z.infer<typeof knownPersonSchema>

/** What is so at the desk at the moment of the try. */
export interface Circumstances {
  /** Milliseconds since 1970 by the trusted clock. */
  readonly now: number
  /** The policy in force; null without one, or when it lapsed. */
  readonly policy: {
    readonly version: number
    readonly hubGraceMs: number
    readonly offlineSignIn?: { readonly maxHours: number } | undefined
  } | null
  /** SHA-256 of the program that runs, hex; null when it cannot be measured. */
  readonly program: string | null
  /** False once the hub shut this workstation out, or did not believe it. */
  readonly trusted: boolean
}

export type Admission =
  | { readonly kind: 'try' }
  /** Too many wrong passwords: not before `until`, milliseconds since 1970. */
  | { readonly kind: 'wait'; readonly until: number }
  | {
      readonly kind: 'no'
      readonly why:
        'not-allowed' | 'nobody-known' | 'distrusted' | 'other-policy' | 'other-program' | 'too-late'
    }

/** So many wrong passwords cost nothing but themselves. */
const FREE_TRIES = 3
/** After so many in a row the desk forgets the person: only the hub lets them in again. */
export const MAX_TRIES = 10
/** The first wait, milliseconds; each further wrong password doubles it. */
const FIRST_WAIT_MS = 30_000
const HOUR_MS = 3_600_000

/** How long nothing is looked at after so many wrong passwords in a row, milliseconds. */
export const waitAfter = (tries: number): number =>
  tries <= FREE_TRIES ? 0 : FIRST_WAIT_MS * 2 ** (tries - FREE_TRIES - 1)

/** The instant that counts: a clock that lost what it saw is not believed. */
export const instantOf = (known: KnownPerson, now: number): number =>
  Math.max(now, known.seenAt, known.confirmedAt)

/**
 * Until when somebody whom the hub confirmed may sign in without it, milliseconds since 1970: the policy's hours, and
 * never beyond the time that signed-in desks have without a hub. Who came in works on until that time is over.
 */
export function validUntil(known: KnownPerson, policy: NonNullable<Circumstances['policy']>): number {
  const hours = Math.min(policy.offlineSignIn?.maxHours ?? 0, MAX_OFFLINE_HOURS)
  return known.confirmedAt + Math.min(hours * HOUR_MS, policy.hubGraceMs)
}

/** Whether a password is looked at, here and now, without the hub. Anything that is not so is a refusal. */
export function admissionOf(
  known: KnownPerson | null,
  { now, policy, program, trusted }: Circumstances
): Admission {
  if (policy?.offlineSignIn === undefined) return { kind: 'no', why: 'not-allowed' }
  if (known === null || known.tries >= MAX_TRIES) return { kind: 'no', why: 'nobody-known' }
  if (!trusted || known.suspended) return { kind: 'no', why: 'distrusted' }
  if (known.policyVersion !== policy.version) return { kind: 'no', why: 'other-policy' }
  if (program === null || known.program !== program) return { kind: 'no', why: 'other-program' }
  const at = instantOf(known, now)
  if (at >= validUntil(known, policy)) return { kind: 'no', why: 'too-late' }
  return at < known.waitUntil ? { kind: 'wait', until: known.waitUntil } : { kind: 'try' }
}

/** A try begins: it counts as wrong until it was right, so that a crash in the middle gains nothing. */
export function countTry(known: KnownPerson, now: number): KnownPerson {
  const at = instantOf(known, now)
  const tries = known.tries + 1
  return { ...known, tries, seenAt: at, waitUntil: at + waitAfter(tries) }
}

/** The password was right. */
export const forgiveTries = (known: KnownPerson): KnownPerson => ({ ...known, tries: 0, waitUntil: 0 })
