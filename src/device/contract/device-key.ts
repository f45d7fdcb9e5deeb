import type { Result } from '../../core/result'

/** Public half of a P-256 key, as RFC 7517 writes it. */
export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  /** Coordinates of 32 bytes, base64url. */
  readonly x: string
  readonly y: string
}

/** The key that speaks for this device. Nothing that can be reached from here gives its private half away. */
export interface DeviceKey {
  readonly keyClass: 'keychain' | 'tpm'
  readonly publicJwk: PublicJwk
  /** RFC 7638 thumbprint of the public half, base64url. */
  readonly thumbprint: string
  /** ES256 (RFC 7518, 3.4): ECDSA over the SHA-256 of `message`, r and s of 32 bytes each. Rejects when it cannot. */
  sign(message: Uint8Array): Promise<Uint8Array>
  /** What a TPM can prove of the key and of the machine; null where there is none. */
  readonly tpm: TpmWitness | null
}

/** What should be uncovered was not hidden for this TPM and key. The TPM works: it looked, and says no. */
export class UnfitCredential extends Error {}

/** A TPM speaking of the device key in it. All bytes are structures of the TPM 2.0 Library, Part 2. */
export interface TpmWitness {
  /** What it shows at enrolment. */
  evidence(): Promise<TpmShown>
  /**
   * TPM2_ActivateCredential: the secret that was hidden for this TPM and its attestation key. Rejects with
   * `UnfitCredential` when it was hidden for another, or for none; with any other error when the TPM did not do it.
   */
  activate(credentialBlob: Uint8Array, encryptedSecret: Uint8Array): Promise<Uint8Array>
  /** TPM2_Quote over PCR 0 to 7 of the SHA-256 bank, with the nonce as its extraData. */
  quote(nonce: Uint8Array): Promise<TpmQuoted>
}

export interface TpmShown {
  /** The endorsement certificate, DER. */
  readonly endorsement: readonly Uint8Array[]
  /** TPMT_PUBLIC of the attestation key and of the device key. */
  readonly attestationKey: Uint8Array
  readonly deviceKey: Uint8Array
  /** TPM2_Certify of the device key by the attestation key: TPMS_ATTEST, and r and s of 32 bytes each. */
  readonly certify: { readonly attest: Uint8Array; readonly signature: Uint8Array }
}

export interface TpmQuoted {
  readonly attest: Uint8Array
  readonly signature: Uint8Array
  /** Values of the eight PCRs, one after the other. */
  readonly pcrs: Uint8Array
}

/**
 * A place where device keys are made and used. What `make` returns is kept in the keychain, whatever the place: for a
 * software key it is the key, for a TPM's it is what the TPM wrapped, and the secret that it asks for.
 */
export interface KeyStore {
  readonly keyClass: DeviceKey['keyClass']
  /** Makes a key and returns the text that opens it again, a secret. Rejects when it cannot. */
  make(): Promise<string>
  /** Opens what `make` returned. Null when the text is another store's; an error when it is this one's and does not open. */
  open(text: string): Promise<Result<DeviceKey, string> | null>
  /** Gives back what it holds while keys are open. They can no longer sign after. */
  close(): Promise<void>
}
