import type { QuoteEvidence, TpmEvidence } from '../../src/contract/wire/v1/attestation'
import type { TpmQuoted, TpmShown } from '../../src/device/contract/device-key'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** What a TPM shows at enrolment, as it crosses the wire. */
export const evidenceOnWire = (shown: TpmShown): TpmEvidence => ({
  endorsement: shown.endorsement.map(base64),
  attestationKey: base64(shown.attestationKey),
  deviceKey: base64(shown.deviceKey),
  certify: { attest: base64(shown.certify.attest), signature: base64(shown.certify.signature) }
})

/** A quote, as it crosses the wire. */
export const quoteOnWire = (quoted: TpmQuoted): QuoteEvidence => ({
  attest: base64(quoted.attest),
  signature: base64(quoted.signature),
  pcrs: base64(quoted.pcrs)
})
