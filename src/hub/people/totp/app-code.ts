import { and, eq, isNotNull, lt } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { Queries } from '../../store/open'
import { personTotp } from '../../store/sign-in-tables'
import type { SignInKeys } from '../sign-in/keys'

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, steps of 30 s. */
const PERIOD_S = 30
/** Steps before and after now of which a code is taken: clocks of telephones are off by some seconds. */
const WINDOW = 1

/** What an app and the hub share. */
export const totpOf = (secret: string, account = ''): TOTP =>
  new TOTP({
    issuer: 'Havendesk',
    label: account,
    secret: Secret.fromBase32(secret),
    period: PERIOD_S,
    digits: 6,
    algorithm: 'SHA1'
  })

/** A new secret of 160 bits in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** The time step that a code is of, or null when it is of none of those taken now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
}

/**
 * Takes a code of a person's app, once: neither it nor an earlier one is taken again (RFC 6238 section 5.2). `of` says
 * whether the app has to be confirmed already.
 */
export async function takeAppCode(
  db: Queries,
  keys: SignInKeys,
  personId: string,
  code: string,
  now: Date,
  of: 'confirmed' | 'any' = 'confirmed'
): Promise<boolean> {
  const mine = and(
    eq(personTotp.personId, personId),
    of === 'confirmed' ? isNotNull(personTotp.confirmedAt) : undefined
  )
  const [row] = await db.select().from(personTotp).where(mine)
  if (row === undefined) return false
  const secret = keys.unseal(row.secret, personId)
  if (secret === null) {
    throw new Error('a second factor was sealed with another key: put back sign-in.key of the data folder')
  }
  const step = stepOf(secret, code, now)
  if (step === null) return false
  const taken = await db
    .update(personTotp)
    .set({ lastStep: step })
    .where(and(mine, lt(personTotp.lastStep, step)))
    .returning({ id: personTotp.personId })
  return taken.length > 0
}
