import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm'
import {
  CHALLENGE_LIFETIME_MS,
  type ActivationReply,
  type ActivationRequest
} from '../../contract/wire/v1/attestation'
import type { EnrolRequest } from '../../contract/wire/v1/device'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { secretHash } from '../store/admin/enrolment'
import { tpmMakers } from '../store/admin/tpm'
import type { Database, Queries } from '../store/open'
import { enrolmentToken, tpmActivation } from '../store/tables'
import { thumbprintOf } from './proof'
import { verifyEvidence } from './tpm/evidence'
import type { TpmIdentity } from './tpm/identity'
import { makeCredential } from './tpm/make-credential'

/**
 * First half of an enrolment with a TPM: checks what it shows and hides a secret in a credential for its endorsement
 * key. The ticket is not used up yet; a later challenge for the same ticket replaces the one before.
 */
export async function challengeTpm(
  db: Database,
  request: ActivationRequest,
  now: Date
): Promise<Outcome<ActivationReply>> {
  const thumbprint = await thumbprintOf(request.key)
  return db.transaction(async (tx): Promise<Outcome<ActivationReply>> => {
    const token = await openTicket(tx, request.token, now)
    if (token === undefined) return badTicket
    const makers = await tpmMakers(tx, token.organisationId)
    const proven = verifyEvidence(request.tpm, request.key, makers, now)
    if (!proven.ok) {
      const { field, problem } = proven.error
      return refuse('bad-attestation', `The TPM’s evidence does not hold: ${problem}.`, { field })
    }
    const { endorsement, attestationKey } = proven.value
    const secret = randomBytes(32)
    const credential = makeCredential(endorsement.publicKey, attestationKey.name, secret)
    const id = randomUUID()
    await tx
      .delete(tpmActivation)
      .where(or(eq(tpmActivation.tokenId, token.id), lte(tpmActivation.expiresAt, now)))
    await tx.insert(tpmActivation).values({
      id,
      organisationId: token.organisationId,
      teamId: token.teamId,
      tokenId: token.id,
      keyThumbprint: thumbprint,
      secretHash: secretHash(secret.toString('base64url')),
      tpm: {
        endorsementHash: endorsement.hash,
        maker: endorsement.maker,
        attestationKey: request.tpm.attestationKey
      },
      expiresAt: new Date(now.getTime() + CHALLENGE_LIFETIME_MS)
    })
    return ok({
      v: 1,
      activation: id,
      credentialBlob: credential.credentialBlob.toString('base64'),
      encryptedSecret: credential.encryptedSecret.toString('base64')
    })
  })
}

/**
 * Second half: the TPM that an enrolment proved, null for a key that is not in one. Used up in the transaction that
 * burns the ticket. Only the TPM of the endorsement certificate, while it held the attestation key, can know the secret.
 */
export async function takeActivation(
  tx: Queries,
  request: EnrolRequest,
  token: { readonly id: string },
  thumbprint: string,
  now: Date
): Promise<Outcome<TpmIdentity | null>> {
  const { activation, keyClass } = request
  if (keyClass !== 'tpm') return activation === undefined ? ok(null) : refuse('bad-request', onlyTpm, at)
  if (activation === undefined) {
    return refuse('bad-attestation', 'A key in a TPM is enrolled with the answer to its challenge.', at)
  }
  const taken = await tx
    .delete(tpmActivation)
    .where(
      and(
        eq(tpmActivation.id, activation.id),
        eq(tpmActivation.tokenId, token.id),
        eq(tpmActivation.keyThumbprint, thumbprint),
        eq(tpmActivation.secretHash, secretHash(activation.secret)),
        gt(tpmActivation.expiresAt, now)
      )
    )
    .returning({ tpm: tpmActivation.tpm })
  const found = taken[0]
  if (found !== undefined) return ok(found.tpm)
  return refuse('bad-attestation', 'This is not the answer to the TPM’s challenge, or it came too late.', at)
}

const at = { field: 'activation' }
const onlyTpm = 'Only a key in a TPM has an activation.'
const badTicket = refuse(
  'bad-token',
  'The enrolment ticket is unknown, used or too old. Ask IT for a new one.',
  { field: 'token' }
)

async function openTicket(tx: Queries, token: string, now: Date) {
  const rows = await tx
    .select()
    .from(enrolmentToken)
    .where(
      and(
        eq(enrolmentToken.tokenHash, secretHash(token)),
        isNull(enrolmentToken.usedAt),
        gt(enrolmentToken.expiresAt, now)
      )
    )
  return rows[0]
}
