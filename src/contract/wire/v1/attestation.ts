import { z } from 'zod'
import { checkResultSchema } from '../../../core/check/check'
import { flavourSchema, keyClassSchema, senderSchema } from './sender'

/** Attestation: what a device says of itself, signed by its key, over a nonce of the hub's. Device API, version 1. */

/** How long a nonce of the hub's is good, milliseconds. Each is used once. */
export const CHALLENGE_LIFETIME_MS = 120_000
/** How long the token that an attestation buys is good, milliseconds. */
export const ATTESTATION_LIFETIME_MS = 300_000

const seq = z.number().int().nonnegative()
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')
/** Bytes of a TPM's structure; none of those that cross here is longer. */
const tpmBytes = z.base64().max(4096)

/** POST /device/v1/attestation/challenge */
export const challengeRequestSchema = z.strictObject({ v: z.literal(1), sender: senderSchema })
export const challengeReplySchema = z.strictObject({
  v: z.literal(1),
  /** 256 random bits, base64url. */
  nonce: z.string().length(43)
})

/** `typ` of the statement's JWS, so that no other signature of the device passes for one. */
export const STATEMENT_TYPE = 'havendesk-attestation+jwt'

/** Claims of the statement: a compact JWS (ES256) by the device key. */
export const statementSchema = z.strictObject({
  v: z.literal(1),
  nonce: z.string().length(43),
  /** Origin of the hub that it is meant for, as the device was enrolled. */
  hub: z.url({ protocol: /^https$/ }),
  device: z.uuid(),
  /** RFC 7638 thumbprint of the key that signs. */
  key: z.string().length(43),
  keyClass: keyClassSchema,
  /** Who is signed in, null when nobody is. */
  person: z.uuid().nullable(),
  boot: z.uuid(),
  /** The sequence of the request that carries it. */
  seq,
  /** The first record of this run that is not yet made: records from it on are made under this statement. */
  recordSeq: seq,
  /** Digest of the checks that come with it (core/attestation). */
  posture: hash,
  policyVersion: seq,
  flavour: flavourSchema,
  build: z.string().min(1).max(80),
  /** SHA-256 over all files of the running program (device/program). */
  buildHash: hash,
  /** What looks, as alerts name it; empty while nothing does. */
  model: z.string().max(80),
  /** SHA-256 over the model's files and definition; null while nothing looks. */
  modelHash: hash.nullable(),
  /** Digest of the thresholds that the sensor was told (core/attestation); null while it was told none. */
  thresholds: hash.nullable(),
  /** SHA-256 of the quote that comes with it; null without a TPM. */
  quote: hash.nullable()
})
export type Statement = z.infer<typeof statementSchema>

/** What a TPM says of the machine's start. The nonce is its extraData. */
export const quoteSchema = z.strictObject({
  /** TPMS_ATTEST, exactly as it was signed. */
  attest: tpmBytes,
  /** ECDSA P-256 with SHA-256 by the attestation key, r and s of 32 bytes each. */
  signature: tpmBytes,
  /** Values of PCR 0 to 7 of the SHA-256 bank, one after the other. */
  pcrs: tpmBytes
})
export type QuoteEvidence = z.infer<typeof quoteSchema>

/** POST /device/v1/attestation */
export const attestationRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  statement: z.string().max(6000),
  /** The checks that the statement's `posture` is the digest of. */
  checks: z.array(checkResultSchema).max(64),
  quote: quoteSchema.nullable()
})
export type AttestationRequest = z.infer<typeof attestationRequestSchema>

export const attestationReplySchema = z.strictObject({
  v: z.literal(1),
  attestation: z.uuid(),
  /** Presented as `Authorization: DPoP …`, bound to the device key (RFC 9449, `cnf.jkt` and `ath`). */
  token: z
    .string()
    .max(2000)
    .regex(/^[A-Za-z0-9._~+/-]+=*$/, 'a token68 (RFC 9110, 11.2)'),
  expiresInMs: z.number().int().positive()
})
export type AttestationReply = z.infer<typeof attestationReplySchema>

/** What a TPM shows at enrolment: who made it, and that the device key is in it. */
export const tpmEvidenceSchema = z.strictObject({
  /** The endorsement key's X.509 certificate, DER, and those between it and its maker's root. */
  endorsement: z.array(tpmBytes).min(1).max(4),
  /** TPMT_PUBLIC of the attestation key. */
  attestationKey: tpmBytes,
  /** TPMT_PUBLIC of the device key. */
  deviceKey: tpmBytes,
  /** TPM2_Certify of the device key by the attestation key. */
  certify: z.strictObject({ attest: tpmBytes, signature: tpmBytes })
})
export type TpmEvidence = z.infer<typeof tpmEvidenceSchema>

/** POST /device/v1/enrol/activation: asks for the challenge that only the TPM of the certificate can answer. */
export const activationRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  token: z.string().min(22).max(100),
  key: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().length(43),
    y: z.string().length(43)
  }),
  tpm: tpmEvidenceSchema
})
export type ActivationRequest = z.infer<typeof activationRequestSchema>

export const activationReplySchema = z.strictObject({
  v: z.literal(1),
  activation: z.uuid(),
  /** TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET of TPM2_MakeCredential. */
  credentialBlob: tpmBytes,
  encryptedSecret: tpmBytes
})
export type ActivationReply = z.infer<typeof activationReplySchema>
