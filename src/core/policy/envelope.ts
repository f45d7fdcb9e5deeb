import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { fromBase64url } from '../trust/base64url'
import type { SignedRefusal, Unreadable } from '../trust/refusal'
import {
  isSignedBy,
  jsonOf,
  missingSignature,
  payloadSchema,
  signaturesSchema,
  signingKeySchema,
  unreadable,
  type SigningKey,
  type SigningRole,
  type VerifySignature
} from '../trust/signed'
import { parsePolicy } from './migrate'
import type { Policy } from './policy'

/** A document larger than this is refused before it is read. */
export const MAX_POLICY_BYTES = 256 * 1024

/** A policy as it travels: the exact bytes that were signed, and Ed25519 signatures over them. */
export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-policy'),
  /** The canonical JSON of the policy, base64url. */
  payload: payloadSchema(MAX_POLICY_BYTES),
  signatures: signaturesSchema
})
export type PolicyEnvelope = z.infer<typeof envelopeSchema>

/** IT's public key as pinned at enrolment: it stands for root 0, in which it signs everything alone. */
export const policyRootSchema = signingKeySchema
export type PolicyRoot = SigningKey

/** What the device already trusts; `null` before its first policy. */
export interface TrustedPolicy {
  readonly version: number
  readonly payload: string
}

/** A policy that its role's keys signed. */
export interface OpenedPolicy {
  readonly policy: Policy
  readonly payload: string
  readonly envelope: PolicyEnvelope
}

/**
 * Opens an envelope: shape, a threshold of the role's signatures over the exact bytes, organisation, rising version.
 * Nothing of a refused document is used. Expiry is not judged here: an expired policy goes on enforcing.
 */
export function openEnvelope(
  document: unknown,
  role: SigningRole,
  organisation: string,
  trusted: TrustedPolicy | null,
  verify: VerifySignature
): Result<OpenedPolicy, SignedRefusal> {
  const shape = envelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const envelope = shape.data
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  if (!isSignedBy(role, envelope.signatures, bytes, verify))
    return err({ kind: 'not-signed', problem: missingSignature(role) })
  const policy = readPolicy(bytes)
  if (!policy.ok) return policy
  if (policy.value.organisation !== organisation) {
    return err({ kind: 'other-organisation', found: policy.value.organisation })
  }
  if (trusted !== null && policy.value.version < trusted.version) {
    return err({ kind: 'rolled-back', trusted: trusted.version, offered: policy.value.version })
  }
  if (trusted !== null && policy.value.version === trusted.version && envelope.payload !== trusted.payload) {
    return err({ kind: 'same-version-other-bytes', version: trusted.version })
  }
  return ok({ policy: policy.value, payload: envelope.payload, envelope })
}

/** Reads a policy, of this or an older version of the schema. */
const readPolicy = (bytes: Uint8Array): Result<Policy, Unreadable> => {
  const json = jsonOf(bytes)
  if (!json.ok) return json
  const parsed = parsePolicy(json.value)
  return parsed.ok ? ok(parsed.value) : err(unreadable(parsed.error))
}
