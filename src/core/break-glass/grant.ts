import { z } from 'zod'
import { MAX_WAIVED_MINUTES, type ApproverKey, type BreakGlassPolicy } from '../policy/break-glass'
import { err, ok, type Result } from '../result'
import { fromBase64url } from '../trust/base64url'
import { jsonOf, markedMessage, payloadSchema, unreadable, type VerifySignature } from '../trust/signed'
import { assertedBytes } from './passkey'
import { requestNonceSchema, waivableCheckSchema, type BreakGlassRequest } from './request'

const MAX_GRANT_BYTES = 2048
/** The text of a grant's envelope is at most so long. */
export const MAX_GRANT_TEXT = 8000

/** What an approver signs: one check, one desk, one request, so many minutes from when the desk begins. */
export const grantSchema = z.strictObject({
  schema: z.literal(1),
  organisation: z.string().min(1).max(80),
  device: z.uuid(),
  request: z.uuid(),
  nonce: requestNonceSchema,
  /** Who was signed in at the desk when it asked. */
  person: z.uuid().nullable(),
  check: waivableCheckSchema,
  minutes: z.number().int().min(1).max(MAX_WAIVED_MINUTES),
  /** The approver's e-mail address, as the policy spells it. */
  approver: z.string().min(3).max(200)
})
export type Grant = z.infer<typeof grantSchema>

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** A grant as it travels: the exact bytes that were signed, and the approver's signature. */
export const grantEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-break-glass'),
  /** JSON of the grant, base64url. */
  payload: payloadSchema(MAX_GRANT_BYTES),
  /** Raw for Ed25519, DER for a passkey. */
  signature: base64url.max(200),
  /** For a passkey: what it signed along. */
  assertion: z
    .strictObject({ authenticatorData: base64url.max(1000), clientData: base64url.max(3000) })
    .optional()
})
export type GrantEnvelope = z.infer<typeof grantEnvelopeSchema>

/** Checks signatures. Injected, since keys are the runtime's business. */
export interface VerifyGrant {
  readonly ed25519: VerifySignature
  /** ES256 with a signature in DER, under a P-256 key as SubjectPublicKeyInfo, base64url. */
  readonly es256: (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean
}

/** What a grant is held against. */
export interface GrantCase {
  readonly organisation: string
  readonly device: string
  readonly policy: BreakGlassPolicy | undefined
  readonly request: BreakGlassRequest
  /** E-mail addresses of whoever is, or was, at the desk: none of them grants anything to it. */
  readonly atDesk: readonly string[]
}

export type GrantRefusal =
  | 'unreadable'
  | 'nobody-may'
  | 'not-an-approver'
  | 'not-signed'
  | 'other-organisation'
  | 'other-desk'
  | 'other-request'
  | 'other-person'
  | 'other-check'
  | 'not-waivable'
  | 'too-long'
  | 'same-person'

/** Reads a grant's envelope from its text; null for what is none. */
export function readGrantText(text: string): GrantEnvelope | null {
  if (text.length > MAX_GRANT_TEXT) return null
  const json = jsonOf(new TextEncoder().encode(text))
  const read = json.ok ? grantEnvelopeSchema.safeParse(json.value) : null
  return read?.success === true ? read.data : null
}

/** The exact bytes that an approver's key signs, from the payload's bytes. */
export const grantMessage = (payload: Uint8Array): Uint8Array => markedMessage('break-glass', payload)

/**
 * Opens a grant: signed by a key that the policy names for that very approver, for this desk and the request it holds,
 * within the policy's limits, by somebody who is not at the desk. Nothing of a refused one is used.
 */
export function openGrant(
  envelope: GrantEnvelope,
  { organisation, device, policy, request, atDesk }: GrantCase,
  verify: VerifyGrant
): Result<Grant, GrantRefusal> {
  if (policy === undefined) return err('nobody-may')
  const bytes = fromBase64url(envelope.payload)
  const grant = bytes === null ? null : readGrant(bytes)
  if (bytes === null || grant === null) return err('unreadable')
  const keys = policy.approvers.filter(({ email }) => email === grant.approver).map(({ key }) => key)
  if (keys.length === 0) return err('not-an-approver')
  if (!keys.some((key) => isSigned(envelope, key, grantMessage(bytes), verify))) return err('not-signed')
  if (grant.organisation !== organisation) return err('other-organisation')
  if (grant.device !== device) return err('other-desk')
  if (grant.request !== request.id || grant.nonce !== request.nonce) return err('other-request')
  if (grant.person !== request.person) return err('other-person')
  if (grant.check !== request.check) return err('other-check')
  if (!policy.checks.includes(grant.check)) return err('not-waivable')
  if (grant.minutes > policy.maxMinutes) return err('too-long')
  if (atDesk.includes(grant.approver)) return err('same-person')
  return ok(grant)
}

function readGrant(bytes: Uint8Array): Grant | null {
  const json = jsonOf(bytes)
  const read = json.ok ? grantSchema.safeParse(json.value) : null
  return read?.success === true ? read.data : null
}

/** What is wrong with a grant that is about to be signed, for whoever makes it; null when nothing is. */
export function problemOfGrant(value: unknown): string | null {
  const read = grantSchema.safeParse(value)
  if (read.success) return null
  const { field, problem } = unreadable(read.error.issues)
  return `${field}: ${problem}`
}

function isSigned(
  { signature: text, assertion }: GrantEnvelope,
  key: ApproverKey,
  message: Uint8Array,
  verify: VerifyGrant
): boolean {
  const signature = fromBase64url(text)
  if (signature === null) return false
  if (key.kind === 'ed25519') {
    return assertion === undefined && signature.length === 64 && verify.ed25519(key, message, signature)
  }
  const signed = assertion === undefined ? null : assertedBytes(assertion, key.rpId, message)
  return signed !== null && verify.es256(key.publicKey, signed, signature)
}
