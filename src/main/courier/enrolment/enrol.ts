import { createHash } from 'node:crypto'
import { activationReplySchema } from '../../../contract/wire/v1/attestation'
import { enrolReplySchema, type EnrolReply, type EnrolmentTicket } from '../../../contract/wire/v1/device'
import type { Flavour } from '../../../core/flavour'
import { err, ok, type Result } from '../../../core/result'
import { refusalLabel } from '../../../core/trust/refusal'
import { openAnchor } from '../../../core/trust/root'
import { verifyEd25519 } from '../../policy/verify'
import type { HubAnswer, HubClient } from '../hub/hub-client'
import { UnfitCredential, type DeviceKey, type TpmWitness } from '../../../device/contract/device-key'
import type { EnrolmentFacts } from './facts'
import { readLabels } from './labels'

export type EnrolFailure =
  | { readonly kind: 'refused'; readonly detail: string }
  /** The hub's answer is not what IT's ticket says. */
  | { readonly kind: 'contradicted'; readonly detail: string }
  /** The hub has this key already, from an enrolment whose answer was lost: try with another. */
  | { readonly kind: 'key-known' }
  /** The hub does not take what the TPM shows, most often because IT trusts no such maker: try with a key in software. */
  | { readonly kind: 'tpm-refused'; readonly detail: string }
  /** The hub hid its secret for another TPM, or for none, which no true hub does. A key in software is tried here as well. */
  | { readonly kind: 'unfit-credential'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string; readonly retryAfterMs: number | null }

const ENROL_LIMIT_MS = 10_000

/** Spends the ticket: the hub learns the public key, the device learns who it is. Nothing is written here. */
export async function enrol(
  client: HubClient,
  ticket: EnrolmentTicket,
  key: DeviceKey,
  sender: { readonly flavour: Flavour; readonly build: string }
): Promise<Result<EnrolmentFacts, EnrolFailure>> {
  // Before the ticket is spent: a root that did not sign itself is no root.
  const root = ticket.root === undefined ? null : openAnchor(ticket.root, ticket.organisation, verifyEd25519)
  if (root?.ok === false) {
    const why = refusalLabel(root.error)
    return err({ kind: 'refused', detail: `ticket.json, root: ${why}; ask IT for a new ticket` })
  }
  const activation = key.tpm === null ? undefined : await activate(client, ticket, key, key.tpm, sender)
  if (activation?.ok === false) return activation
  const answer = await client.call({
    path: '/device/v1/enrol',
    reply: enrolReplySchema,
    limitMs: ENROL_LIMIT_MS,
    body: {
      v: 1,
      sender,
      token: ticket.token,
      key: key.publicJwk,
      keyClass: key.keyClass,
      ...(await readLabels()),
      ...(activation === undefined ? {} : { activation: activation.value })
    }
  })
  return factsFrom(answer, ticket, key)
}

/** Shows what the TPM can prove, and has it uncover the secret that the hub hid for it. */
async function activate(
  client: HubClient,
  ticket: EnrolmentTicket,
  key: DeviceKey,
  tpm: TpmWitness,
  sender: { readonly flavour: Flavour; readonly build: string }
): Promise<Result<{ readonly id: string; readonly secret: string }, EnrolFailure>> {
  try {
    const { endorsement, attestationKey, deviceKey, certify } = await tpm.evidence()
    const answer = await client.call({
      path: '/device/v1/enrol/activation',
      reply: activationReplySchema,
      limitMs: ENROL_LIMIT_MS,
      body: {
        v: 1,
        sender,
        token: ticket.token,
        key: key.publicJwk,
        tpm: {
          endorsement: endorsement.map(base64),
          attestationKey: base64(attestationKey),
          deviceKey: base64(deviceKey),
          certify: { attest: base64(certify.attest), signature: base64(certify.signature) }
        }
      }
    })
    if (answer.kind === 'unreachable') {
      return err({ kind: 'unreachable', detail: answer.problem, retryAfterMs: answer.retryAfterMs })
    }
    if (answer.kind === 'refused') {
      const { code, message } = answer.error
      // A hub from before TPMs has no such address.
      const isTpm = code === 'bad-attestation' || code === 'not-found'
      return err({ kind: isTpm ? 'tpm-refused' : 'refused', detail: message })
    }
    const { activation, credentialBlob, encryptedSecret } = answer.value
    const secret = await tpm.activate(
      Buffer.from(credentialBlob, 'base64'),
      Buffer.from(encryptedSecret, 'base64')
    )
    return ok({ id: activation, secret: Buffer.from(secret).toString('base64url') })
  } catch (error) {
    if (error instanceof UnfitCredential) return err({ kind: 'unfit-credential', detail: error.message })
    return err({ kind: 'tpm-refused', detail: error instanceof Error ? error.message : 'the TPM failed' })
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function factsFrom(
  answer: HubAnswer<EnrolReply>,
  ticket: EnrolmentTicket,
  key: DeviceKey
): Result<EnrolmentFacts, EnrolFailure> {
  if (answer.kind === 'unreachable') {
    return err({ kind: 'unreachable', detail: answer.problem, retryAfterMs: answer.retryAfterMs })
  }
  if (answer.kind === 'refused') {
    const { code, field, message } = answer.error
    if (code === 'bad-token' && field === 'key') return err({ kind: 'key-known' })
    return err({ kind: 'refused', detail: message })
  }
  const reply = answer.value
  if (reply.organisation !== ticket.organisation) {
    return err({
      kind: 'contradicted',
      detail: `the hub enrols for another organisation: ${reply.organisation}`
    })
  }
  // A team may have milder rules than another: IT's ticket says which one, not the hub.
  if (ticket.team !== undefined && reply.team !== ticket.team) {
    return err({ kind: 'contradicted', detail: `the hub enrols for another team: ${reply.team}` })
  }
  return ok({
    v: 1,
    hubUrl: ticket.hubUrl,
    hubCa: ticket.hubCa,
    device: reply.device,
    organisation: reply.organisation,
    team: reply.team,
    policyRoot: ticket.policyRoot,
    policy: reply.policy,
    trust: { root: ticket.root ?? null, snapshot: null, inForce: false, timeSeen: 0 },
    tokenDigest: tokenDigest(ticket.token),
    keyThumbprint: key.thumbprint
  })
}

/** Tells a used ticket from a new one without keeping the token. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex')
