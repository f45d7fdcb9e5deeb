import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { fromBase64url } from '../trust/base64url'
import type { SignedRefusal } from '../trust/refusal'
import {
  isSignedBy,
  markedMessage,
  missingSignature,
  parsePayload,
  payloadSchema,
  signaturesSchema,
  unreadable,
  type SigningRole,
  type VerifySignature
} from '../trust/signed'
import { modelManifestSchema, type ModelManifest } from './manifest'

/** A manifest larger than this is refused before it is read. */
export const MAX_MANIFEST_BYTES = 256 * 1024

/** A model's manifest as it travels. The form is the policy's, the type and the signed bytes are not. */
export const modelEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-model'),
  /** The canonical JSON of the manifest, base64url. */
  payload: payloadSchema(MAX_MANIFEST_BYTES),
  signatures: signaturesSchema
})
export type ModelEnvelope = z.infer<typeof modelEnvelopeSchema>

/** What is signed for a model: a mark that no policy begins with, then the manifest. */
export const modelMessage = (manifest: Uint8Array): Uint8Array => markedMessage('model', manifest)

/** A manifest that the root signed. */
export interface TrustedModel {
  readonly manifest: ModelManifest
  readonly payload: string
}

/**
 * Opens an envelope: shape, a threshold of the role's signatures, organisation, and a version that does not fall below what
 * is trusted of this name. `trusted` answers what is known of a name, or null. Expiry is the installer's to judge.
 */
export function openModelEnvelope(
  document: unknown,
  role: SigningRole,
  organisation: string,
  trusted: (name: string) => { readonly version: number; readonly payload: string } | null,
  verify: VerifySignature
): Result<TrustedModel, SignedRefusal> {
  const shape = modelEnvelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const { payload, signatures } = shape.data
  const bytes = fromBase64url(payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  if (!isSignedBy(role, signatures, modelMessage(bytes), verify))
    return err({ kind: 'not-signed', problem: missingSignature(role) })
  const parsed = parsePayload(modelManifestSchema, bytes)
  if (!parsed.ok) return parsed
  const manifest = parsed.value
  if (manifest.organisation !== organisation)
    return err({ kind: 'other-organisation', found: manifest.organisation })
  const known = trusted(manifest.name)
  if (known !== null && manifest.version < known.version)
    return err({ kind: 'rolled-back', trusted: known.version, offered: manifest.version })
  if (known !== null && manifest.version === known.version && payload !== known.payload)
    return err({ kind: 'same-version-other-bytes', version: manifest.version })
  return ok({ manifest, payload })
}
