import { randomUUID } from 'node:crypto'
import {
  type AuthenticatorTransport,
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON
} from '@simplewebauthn/server'
import { and, eq } from 'drizzle-orm'
import type { NewPasskey } from '../../../contract/wire/v1/account'
import { ok } from '../../../core/result'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import { isDuplicate } from '../../store/admin/refusal'
import type { Database } from '../../store/open'
import { passkey } from '../../store/sign-in-tables'
import { mayNotAdd } from '../account/recent'
import { strengthen, type Viewer } from '../console-session'
import { hasApp } from '../second-factor/has'
import type { Once } from '../sign-in/once'
import { challengeIn, PASSKEY_PATIENCE_MS, type ChallengeFor } from './challenges'
import type { Site } from './site'

/** Passkeys that one person may have. */
const MAX_PASSKEYS = 10

/** What the browser needs to make a passkey that finds its person by itself. */
export async function beginPasskey(
  db: Database,
  challenges: Once<ChallengeFor>,
  viewer: Viewer,
  site: Site,
  now: Date
): Promise<Outcome<PublicKeyCredentialCreationOptionsJSON>> {
  const own = await db.select().from(passkey).where(eq(passkey.personId, viewer.personId))
  if (own.length >= MAX_PASSKEYS) return tooMany()
  const options = await generateRegistrationOptions({
    rpName: 'Havendesk',
    rpID: site.rpId,
    userName: viewer.email,
    userDisplayName: viewer.me.name,
    userID: new TextEncoder().encode(viewer.personId),
    attestationType: 'none',
    timeout: PASSKEY_PATIENCE_MS,
    excludeCredentials: own.map(({ credential, transports }) => ({
      id: credential,
      transports: transports as AuthenticatorTransport[] // the browser leaves out what it does not know
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
  })
  challenges.put({ kind: 'register', personId: viewer.personId }, now, options.challenge)
  return ok(options)
}

/** Keeps the passkey that the browser made for the challenge. */
export async function addPasskey(
  db: Database,
  challenges: Once<ChallengeFor>,
  viewer: Viewer,
  made: NewPasskey,
  site: Site,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  const challenge = challengeIn(made.response.response.clientDataJSON)
  const known = challenge === null ? null : challenges.take(challenge, now)
  if (challenge === null || known?.kind !== 'register' || known.personId !== viewer.personId) return notMade()
  const verified = await verify(made.response as RegistrationResponseJSON, challenge, site)
  if (verified === null) return notMade()
  const { organisationId, teamId, personId } = viewer
  const { id: credential, publicKey, counter, transports } = verified
  const id = randomUUID()
  try {
    return await db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
      const refused = await mayNotAdd(tx, viewer, now)
      if (refused !== null) return refused
      if ((await tx.$count(passkey, eq(passkey.personId, personId))) >= MAX_PASSKEYS) return tooMany()
      await tx.insert(passkey).values({
        id,
        organisationId,
        teamId,
        personId,
        credential,
        publicKey: Buffer.from(publicKey),
        counter,
        transports: transports ?? [],
        name: made.name,
        madeAt: now
      })
      await strengthen(tx, viewer)
      await recordAct(tx, viewer, { act: 'second-factor-added', subject: id, detail: 'passkey' }, now)
      return ok({ accepted: true as const })
    })
  } catch (error) {
    if (isDuplicate(error)) return refuse('conflict', 'This passkey is in use already.')
    throw error
  }
}

const tooMany = () => refuse('conflict', 'Ten passkeys are the most. Remove one first.')
const notMade = () =>
  refuse('bad-request', 'The passkey was not made for this page, or too late. Begin again.', {
    field: 'response'
  })

/** The library throws for whatever is wrong with an answer; all of it is one refusal. */
async function verify(response: RegistrationResponseJSON, challenge: string, site: Site) {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true
    })
    return verified ? registrationInfo.credential : null
  } catch {
    return null
  }
}

/** Gives one of one's own passkeys another name. */
export async function renamePasskey(
  db: Database,
  viewer: Viewer,
  id: string,
  name: string
): Promise<Outcome<{ readonly accepted: true }>> {
  const renamed = await db.update(passkey).set({ name }).where(mine(viewer, id)).returning({ id: passkey.id })
  return renamed.length > 0 ? ok({ accepted: true }) : noPasskey()
}

/** Removes one of one's own passkeys. Where a second factor is asked for, another or an app has to be left. */
export async function removePasskey(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const own = await tx
      .select({ id: passkey.id })
      .from(passkey)
      .where(eq(passkey.personId, viewer.personId))
      .for('update')
    if (!own.some((one) => one.id === id)) return noPasskey()
    if (viewer.secondFactorRequired && own.length === 1 && !(await hasApp(tx, viewer.personId))) {
      return refuse('conflict', 'Your organisation asks for a second factor. Set another one up first.')
    }
    await tx.delete(passkey).where(mine(viewer, id))
    await recordAct(tx, viewer, { act: 'second-factor-removed', subject: id, detail: 'passkey' }, now)
    return ok({ accepted: true as const })
  })
}

const mine = (viewer: Viewer, id: string) => and(eq(passkey.id, id), eq(passkey.personId, viewer.personId))
const noPasskey = () => refuse('not-found', 'You have no passkey of that name.')
