import { and, eq, isNull } from 'drizzle-orm'
import type { AppSecret, RecoveryCodes } from '../../../contract/wire/v1/account'
import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import type { Database } from '../../store/open'
import { passkey, personTotp, recoveryCode } from '../../store/sign-in-tables'
import { mayNotAdd } from '../account/recent'
import { strengthen, type Viewer } from '../console-session'
import { hasApp } from '../second-factor/has'
import type { SignInKeys } from '../sign-in/keys'
import { personById } from '../sign-in/person'
import { beginTry, forgetTries, waits } from '../sign-in/tries'
import { newSecret, takeAppCode, totpOf } from './app-code'
import { renewRecoveryCodes } from './recovery'

/** An authenticator app of one's own: set up, confirmed, given up. Each step that lets somebody in later takes a code. */

const wrong = () =>
  refuse('bad-request', 'That code is not right, or it was used already. Wait for the next one.', {
    field: 'code'
  })

/** A new secret. It counts for nothing until one code of it was given. */
export async function beginApp(
  db: Database,
  keys: SignInKeys,
  viewer: Viewer,
  now: Date
): Promise<Outcome<AppSecret>> {
  if (await hasApp(db, viewer.personId)) {
    return refuse('conflict', 'There is an app already. Give that one up first.')
  }
  const secret = newSecret()
  const { personId, email } = viewer
  const values = { secret: keys.seal(secret, personId), madeAt: now, lastStep: -1 }
  const { organisationId, teamId } = viewer
  await db
    .insert(personTotp)
    .values({ personId, organisationId, teamId, ...values })
    .onConflictDoUpdate({
      target: personTotp.personId,
      set: values,
      setWhere: isNull(personTotp.confirmedAt)
    })
  return ok({ secret, uri: totpOf(secret, email).toString() })
}

/** One code shows that the app has the secret; from here on it is asked for. Answers the recovery codes. */
export async function confirmApp(
  db: Database,
  keys: SignInKeys,
  viewer: Viewer,
  code: string,
  now: Date
): Promise<Outcome<RecoveryCodes>> {
  return db.transaction(async (tx): Promise<Outcome<RecoveryCodes>> => {
    const refused = await mayNotAdd(tx, viewer, now)
    if (refused !== null) return refused
    const waiting = and(eq(personTotp.personId, viewer.personId), isNull(personTotp.confirmedAt))
    const [row] = await tx.select().from(personTotp).where(waiting).for('update')
    if (row === undefined) return refuse('conflict', 'Begin with a new secret first.')
    if (!(await takeAppCode(tx, keys, viewer.personId, code, now, 'any'))) return wrong()
    await tx.update(personTotp).set({ confirmedAt: now }).where(waiting)
    await strengthen(tx, viewer)
    await recordAct(tx, viewer, { act: 'second-factor-added', subject: null, detail: 'app' }, now)
    return ok({ recoveryCodes: await renewRecoveryCodes(tx, viewer) })
  })
}

/** Ten new recovery codes; those of before are good for nothing. */
export async function newRecoveryCodes(
  db: Database,
  keys: SignInKeys,
  viewer: Viewer,
  code: string,
  now: Date
): Promise<Outcome<RecoveryCodes>> {
  const taken = await takeCounted(db, keys, viewer, code, now)
  if (!taken.ok) return taken
  return db.transaction(async (tx) => {
    await recordAct(tx, viewer, { act: 'recovery-codes-renewed', subject: null, detail: '' }, now)
    return ok({ recoveryCodes: await renewRecoveryCodes(tx, viewer) })
  })
}

/** Gives the app up, with its recovery codes. Where a second factor is asked for, a passkey has to be left. */
export async function removeApp(
  db: Database,
  keys: SignInKeys,
  viewer: Viewer,
  code: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  const taken = await takeCounted(db, keys, viewer, code, now)
  if (!taken.ok) return taken
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    // Held until the app is gone: a passkey that is being removed at the same time is not the one that is left.
    const left = await tx
      .select({ id: passkey.id })
      .from(passkey)
      .where(eq(passkey.personId, viewer.personId))
      .for('update')
    if (viewer.secondFactorRequired && left.length === 0) {
      return refuse('conflict', 'Your organisation asks for a second factor. Make a passkey first.')
    }
    await tx.delete(personTotp).where(eq(personTotp.personId, viewer.personId))
    await tx.delete(recoveryCode).where(eq(recoveryCode.personId, viewer.personId))
    await recordAct(tx, viewer, { act: 'second-factor-removed', subject: null, detail: 'app' }, now)
    return ok({ accepted: true as const })
  })
}

/** Takes a code inside a session. Wrong ones are counted, as at the sign-in: who sits at an open session may guess too. */
async function takeCounted(
  db: Database,
  keys: SignInKeys,
  viewer: Viewer,
  code: string,
  now: Date
): Promise<Outcome<null>> {
  const found = await personById(db, viewer.personId)
  if (found === null) return refuse('not-signed-in', 'Sign in first.')
  if ((await beginTry(db, found, 'known', now)) === 'waits') return waits()
  if (!(await takeAppCode(db, keys, found.id, code, now))) return wrong()
  await forgetTries(db, found.id, 'known')
  return ok(null)
}
