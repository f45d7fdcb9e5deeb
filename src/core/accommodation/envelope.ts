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
import { accommodationSchema, type Accommodation } from './accommodation'

const MAX_BYTES = 8192

/** An accommodation as it travels: the exact bytes that were signed, and IT's signatures over them. */
export const accommodationEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('havendesk-accommodation'),
  /** The canonical JSON of the accommodation, base64url. */
  payload: payloadSchema(MAX_BYTES),
  signatures: signaturesSchema
})
export type AccommodationEnvelope = z.infer<typeof accommodationEnvelopeSchema>

/**
 * Opens an accommodation: signed by enough of the keys that sign policies, for this organisation. Whether it is in force
 * for whoever works is asked elsewhere, each time.
 */
export function openAccommodation(
  document: unknown,
  role: SigningRole,
  organisation: string,
  verify: VerifySignature
): Result<Accommodation, SignedRefusal> {
  const shape = accommodationEnvelopeSchema.safeParse(document)
  if (!shape.success) return err(unreadable(shape.error.issues))
  const bytes = fromBase64url(shape.data.payload)
  if (bytes === null) return err({ kind: 'unreadable', field: 'payload', problem: 'not base64url' })
  if (!isSignedBy(role, shape.data.signatures, markedMessage('accommodation', bytes), verify))
    return err({ kind: 'not-signed', problem: missingSignature(role) })
  const parsed = parsePayload(accommodationSchema, bytes)
  if (!parsed.ok) return parsed
  if (parsed.value.organisation !== organisation)
    return err({ kind: 'other-organisation', found: parsed.value.organisation })
  return ok(parsed.value)
}
