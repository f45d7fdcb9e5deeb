import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/server'
import { and, eq, lt } from 'drizzle-orm'
import type { Assertion } from '../../../contract/wire/v1/sign-in'
import { recordAct } from '../../audit/acts'
import { refuse, type Outcome } from '../../outcome'
import { passkey } from '../../store/sign-in-tables'
import { enter, type Entered, type FromBrowser, type SignInParts } from '../sign-in/enter'
import type { Once } from '../sign-in/once'
import { personById } from '../sign-in/person'
import { challengeIn, PASSKEY_PATIENCE_MS, type ChallengeFor } from './challenges'
import type { Site } from './site'

/** What the browser needs to ask its person for a passkey of this site; nobody is named, so nothing is told of anybody. */
export async function beginPasskeySignIn(
  challenges: Once<ChallengeFor>,
  site: Site,
  now: Date
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    userVerification: 'required',
    timeout: PASSKEY_PATIENCE_MS
  })
  challenges.put({ kind: 'sign-in' }, now, options.challenge)
  return options
}

/**
 * Signs in with a passkey: two factors at once, since the key asked for a finger or a PIN. A stranger's wrong tries at the
 * password do not make it wait: a signature cannot be guessed.
 */
export async function signInWithPasskey(
  parts: SignInParts & { readonly challenges: Once<ChallengeFor> },
  assertion: Assertion,
  site: Site,
  from: FromBrowser,
  now: Date
): Promise<Outcome<Entered>> {
  const { db, challenges } = parts
  const challenge = challengeIn(assertion.response.clientDataJSON)
  if (challenge === null || challenges.take(challenge, now)?.kind !== 'sign-in') return refused()
  const [row] = await db.select().from(passkey).where(eq(passkey.credential, assertion.id))
  const found = row === undefined ? null : await personById(db, row.personId)
  if (row === undefined || found === null) return refused()
  const { userHandle } = assertion.response
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== found.id) {
    return refused()
  }
  const verified = await verify(assertion as AuthenticationResponseJSON, challenge, row, site)
  if (verified === null) return refused()
  const { newCounter } = verified
  // A key that counts has to count up; a copy of it falls behind (WebAuthn section 6.1.1).
  const counted = await db
    .update(passkey)
    .set({ counter: newCounter, usedAt: now })
    .where(
      and(eq(passkey.id, row.id), newCounter === 0 ? eq(passkey.counter, 0) : lt(passkey.counter, newCounter))
    )
    .returning({ id: passkey.id })
  if (counted.length === 0) {
    const by = { organisationId: found.organisationId, teamId: found.teamId, personId: found.id }
    await recordAct(db, by, { act: 'passkey-counted-back', subject: row.id, detail: String(newCounter) }, now)
    return refused()
  }
  return enter(parts, found, { method: 'passkey', strong: true, from, side: null }, now)
}

const refused = () =>
  refuse('bad-credentials', 'This passkey is not known here, or it was too late. Try again.')

/** The library throws for whatever is wrong with an answer; all of it is one refusal. The counter is ours to judge. */
async function verify(
  response: AuthenticationResponseJSON,
  challenge: string,
  row: typeof passkey.$inferSelect,
  site: Site
) {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: { id: row.credential, publicKey: new Uint8Array(row.publicKey), counter: 0 }
    })
    return verified ? authenticationInfo : null
  } catch {
    return null
  }
}
