import { refuse, type Outcome } from '../../outcome'
import { takeAppCode } from '../totp/app-code'
import { takeRecoveryCode } from '../totp/recovery'
import { enter, type Entered, type FromBrowser, type SignInParts } from './enter'
import { isKnownTo } from './known-browser'
import { personById } from './person'
import { beginTry, waits } from './tries'

/**
 * The second half of a sign-in: a code of the app, or a recovery code. Wrong ones count as wrong passwords do, and a
 * right password in between gives none of them back.
 */
export async function signInWithCode(
  parts: SignInParts,
  step: string | null,
  code: string,
  from: FromBrowser,
  now: Date
): Promise<Outcome<Entered>> {
  const { db, keys, steps } = parts
  const owed = step === null ? null : steps.peek(step, now)
  const found = owed === null ? null : await personById(db, owed.personId)
  if (step === null || found === null) {
    return refuse('not-signed-in', 'Begin again with your e-mail and password: five minutes are over.')
  }
  const side = isKnownTo(keys, from.known, found.id, now) ? 'known' : 'stranger'
  if ((await beginTry(db, found, side, now)) === 'waits') return waits()
  // The recovery code first: it needs no key of ours, and lets in when `sign-in.key` is lost and no app can be read.
  const method = (await takeRecoveryCode(db, found.id, code, now))
    ? 'recovery-code'
    : (await takeAppCode(db, keys, found.id, code, now))
      ? 'code'
      : null
  if (method === null) {
    return refuse('bad-credentials', 'That code is not right, or it was used already. Wait for the next one.')
  }
  if (steps.take(step, now) === null)
    return refuse('not-signed-in', 'Begin again: this was finished already.')
  return enter(parts, found, { method, strong: true, from, side }, now)
}
