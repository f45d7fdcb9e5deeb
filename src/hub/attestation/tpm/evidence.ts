import { createHash, timingSafeEqual } from 'node:crypto'
import type { QuoteEvidence, TpmEvidence } from '../../../contract/wire/v1/attestation'
import type { DeviceJwk } from '../../../contract/wire/v1/device'
import { err, ok, type Result } from '../../../core/result'
import { isSignedBy, PCR_BYTES, readAttest } from './attest'
import { readEndorsement, type Endorsement } from './endorsement'
import { readSigningKey, type TpmSigningKey } from './public-area'
import { TpmFormatError } from './reader'

/** Something of a TPM's evidence that does not hold; `field` is its dotted path in the request. */
export interface EvidenceProblem {
  readonly field: string
  readonly problem: string
}

export interface ProvenTpm {
  readonly endorsement: Endorsement
  readonly attestationKey: TpmSigningKey
}

/**
 * Checks what a TPM shows at enrolment, all but one thing: that the device key is the one of the request, that it was
 * made in and never leaves the TPM of the attestation key (TPM2_Certify), and that the endorsement certificate leads to
 * a trusted maker. What is left, that both keys live in the TPM of that certificate and that it is there now, is what
 * the credential proves. So a certificate of the key may be an old one: what it says of a key never changes.
 */
export function verifyEvidence(
  evidence: TpmEvidence,
  key: DeviceJwk,
  roots: readonly string[],
  now: Date
): Result<ProvenTpm, EvidenceProblem> {
  const endorsement = readEndorsement(evidence.endorsement.map(bytes), roots, now)
  if (!endorsement.ok) return bad('tpm.endorsement', endorsement.error)
  const attestationKey = reading('tpm.attestationKey', () => readSigningKey(bytes(evidence.attestationKey)))
  if (!attestationKey.ok) return attestationKey
  // An unrestricted key would sign a statement that somebody wrote outside any TPM.
  if (!attestationKey.value.restricted) return bad('tpm.attestationKey', 'the key is not restricted')
  const deviceKey = reading('tpm.deviceKey', () => readSigningKey(bytes(evidence.deviceKey)))
  if (!deviceKey.ok) return deviceKey
  if (deviceKey.value.x !== key.x || deviceKey.value.y !== key.y) {
    return bad('tpm.deviceKey', 'it is not the key that signs this request')
  }
  const attest = bytes(evidence.certify.attest)
  if (!isSignedBy(attestationKey.value.publicKey, attest, bytes(evidence.certify.signature))) {
    return bad('tpm.certify.signature', 'it is not by the attestation key')
  }
  const certified = reading('tpm.certify.attest', () => readAttest(attest))
  if (!certified.ok) return certified
  if (certified.value.kind !== 'certify' || !equal(certified.value.name, deviceKey.value.name)) {
    return bad('tpm.certify.attest', 'it does not certify the device key')
  }
  return ok({ endorsement: endorsement.value, attestationKey: attestationKey.value })
}

/** Checks a quote: signed by the attestation key of the enrolment, over this nonce, and over the PCRs beside it. */
export function verifyQuote(
  quote: QuoteEvidence,
  attestationKey: Buffer,
  nonce: Buffer
): Result<{ readonly pcrHash: string }, EvidenceProblem> {
  const key = reading('quote', () => readSigningKey(attestationKey))
  if (!key.ok) return key
  const attest = bytes(quote.attest)
  if (!isSignedBy(key.value.publicKey, attest, bytes(quote.signature))) {
    return bad('quote.signature', 'it is not by the attestation key of this workstation')
  }
  const quoted = reading('quote.attest', () => readAttest(attest))
  if (!quoted.ok) return quoted
  if (quoted.value.kind !== 'quote') return bad('quote.attest', 'it is not a quote')
  if (!equal(quoted.value.extraData, nonce)) return bad('quote.attest', 'it is over another nonce')
  const pcrs = bytes(quote.pcrs)
  const digest = createHash('sha256').update(pcrs).digest()
  if (pcrs.length !== PCR_BYTES || !equal(quoted.value.pcrDigest, digest)) {
    return bad('quote.pcrs', 'they are not the values that were signed')
  }
  return ok({ pcrHash: digest.toString('hex') })
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
const equal = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right)
const bad = (field: string, problem: string): Result<never, EvidenceProblem> => err({ field, problem })

function reading<T>(field: string, read: () => T): Result<T, EvidenceProblem> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof TpmFormatError) return bad(field, error.message)
    throw error
  }
}
