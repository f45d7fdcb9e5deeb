import type { ConsoleSignIn } from '../../../contract/wire/v1/console'
import { refuse, type Outcome } from '../../outcome'
import { secretHash } from '../../store/admin/enrolment'
import { passwordMatches } from '../password'
import { enterOrOwe, type Entered, type FromBrowser, type SignInParts } from './enter'
import { isKnownTo } from './known-browser'
import { personByEmail } from './person'
import { beginTry, restoreTry, waits } from './tries'

/**
 * Signs in with e-mail and password. One answer for every wrong pair, and one rule of waiting for addresses that exist
 * and for those that do not.
 */
export async function signInWithPassword(
  parts: SignInParts,
  request: ConsoleSignIn,
  from: FromBrowser,
  now: Date
): Promise<Outcome<Entered>> {
  const { db, keys } = parts
  const found = await personByEmail(db, request.email)
  const account = secretHash(request.email.trim().toLowerCase()).toString('hex')
  const side = found !== null && isKnownTo(keys, from.known, found.id, now) ? 'known' : 'stranger'
  const may = found === null ? parts.nobodys(account, now) : await beginTry(db, found, side, now)
  if (may === 'waits') return waits()
  // Outside any transaction: the hashing is slow on purpose.
  const matches = await passwordMatches(found?.passwordHash ?? null, request.password)
  if (!matches || found === null) {
    return refuse('bad-credentials', 'That e-mail and password do not go together.')
  }
  await restoreTry(db, found.id, side)
  return enterOrOwe(parts, found, { method: 'password', from, side }, now)
}
