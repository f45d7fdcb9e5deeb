/** What the hub keeps of a workstation's TPM, as enrolment proved it. */
export interface TpmIdentity {
  /** SHA-256 of the endorsement certificate, hex: names the chip. */
  readonly endorsementHash: string
  /** Subject of the root that vouches for it. */
  readonly maker: string
  /** TPMT_PUBLIC of the attestation key, base64. */
  readonly attestationKey: string
}
