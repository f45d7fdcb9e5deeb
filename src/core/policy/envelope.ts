import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { parsePolicy } from './migrate'
import type { Policy } from './policy'

/** A document larger than this is refused before it is read. */
export const MAX_POLICY_BYTES = 256 * 1024

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** Signatures beside a signed document, each by a key that its `keyId` names. */
export const signaturesSchema = z
  .array(z.strictObject({ keyId: z.string().regex(/^[0-9a-f]{64}$/), signature: base64url.max(200) }))
  .min(1)
  .max(8)
export type Signatures = z.infer<typeof signaturesSchema>

/** A signed document's bytes as text, at most `bytes` of them. */
export const payloadSchema = (bytes: number) => base64url.max(Math.ceil((bytes * 4) / 3))

/** A policy as it travels: the exact bytes that were signed, and Ed25519 signatures over them. */
export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-policy'),
  /** The canonical JSON of the policy, base64url. */
  payload: payloadSchema(MAX_POLICY_BYTES),
  signatures: signaturesSchema
})
export type PolicyEnvelope = z.infer<typeof envelopeSchema>

/** IT's public key as pinned at enrolment: raw Ed25519, base64url; `keyId` is the SHA-256 of the raw key in hex. */
export const policyRootSchema = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: base64url.length(43)
})
export type PolicyRoot = z.infer<typeof policyRootSchema>

/** Checks one signature over `message`. Injected, since keys are the runtime's business. */
export type VerifySignature = (root: PolicyRoot, message: Uint8Array, signature: Uint8Array) => boolean

/** A document of another form than its schema asks for. */
export interface Unreadable {
  readonly kind: 'unreadable'
  /** Dotted path of the field at fault; empty for the document itself. */
  readonly field: string
  readonly problem: string
}

/** Why a signed document is not taken. */
export type SignedRefusal =
  | Unreadable
  | { readonly kind: 'not-signed'; readonly problem: string }
  | { readonly kind: 'other-organisation'; readonly found: string }
  | { readonly kind: 'rolled-back'; readonly trusted: number; readonly offered: number }
  | { readonly kind: 'same-version-other-bytes'; readonly version: number }

/** What the device already trusts; `null` before its first policy. */
export interface TrustedPolicy {
  readonly version: number
  readonly payload: string
}

/** A label for an event: the kind of refusal and the field, never the document's contents. */
export function refusalLabel(refusal: SignedRefusal): string {
  switch (refusal.kind) {
    case 'unreadable':
      return `unreadable: ${refusal.field}`
    case 'not-signed':
      return 'not signed by the pinned key'
    case 'other-organisation':
      return 'for another organisation'
    case 'rolled-back':
      return `rolled back from version ${refusal.trusted} to ${refusal.offered}`
    case 'same-version-other-bytes':
      return `version ${refusal.version} with other bytes`
  }
}

/**
 * Opens an envelope: shape, signature by the pinned root over the exact bytes, organisation, rising version.
 * Nothing of a refused document is used. Expiry is not judged here: an expired policy goes on enforcing.
 */
export function openEnvelope(
  document: unknown,
  root: PolicyRoot,
  organisation: string,
  trusted: TrustedPolicy | null,
  verify: VerifySignature
): Result<{ readonly policy: Policy; readonly payload: string }, SignedRefusal> {
  const shape = envelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const envelope = shape.data
  const bytes = fromBase64url(envelope.payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  if (!isSignedBy(root, envelope.signatures, bytes, verify))
    return err({ kind: 'not-signed', problem: `no valid signature by key ${root.keyId.slice(0, 12)}` })
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
  return ok({ policy: policy.value, payload: envelope.payload })
}

/** True when one of the signatures is the root's over exactly this message. */
export const isSignedBy = (
  root: PolicyRoot,
  signatures: Signatures,
  message: Uint8Array,
  verify: VerifySignature
): boolean =>
  signatures.some((entry) => {
    const signature = fromBase64url(entry.signature)
    return entry.keyId === root.keyId && signature !== null && verify(root, message, signature)
  })

/** Reads a policy, of this or an older version of the schema. */
const readPolicy = (bytes: Uint8Array): Result<Policy, Unreadable> => {
  const json = jsonOf(bytes)
  if (!json.ok) return json
  const parsed = parsePolicy(json.value)
  return parsed.ok ? ok(parsed.value) : err(unreadable(parsed.error))
}

/** Reads a signed document by its schema. */
export function parsePayload<T>(schema: z.ZodType<T>, bytes: Uint8Array): Result<T, Unreadable> {
  const json = jsonOf(bytes)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(parsed.error.issues))
}

function jsonOf(bytes: Uint8Array): Result<unknown, Unreadable> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return err({
      kind: 'unreadable',
      field: 'payload',
      problem: error instanceof Error ? error.message : 'not JSON'
    })
  }
  return ok(json)
}

/** The first thing that is wrong, with its field; a field that nobody knows is named itself. */
export function unreadable([first]: readonly z.core.$ZodIssue[]): Unreadable {
  const unknown = first?.code === 'unrecognized_keys' ? first.keys.slice(0, 1) : []
  return {
    kind: 'unreadable',
    field: [...(first?.path ?? []), ...unknown].join('.'),
    problem: first?.message ?? 'not what the schema asks for'
  }
}

/** Decodes base64url strictly: a second spelling of the same bytes is refused. */
export function fromBase64url(text: string): Uint8Array | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return toBase64url(bytes) === text ? bytes : null
  } catch {
    return null // not base64 at all: the caller reports it with the field's name
  }
}

/** Encodes bytes as base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
