import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { TpmFormatError, TpmReader } from './reader'

// TPM 2.0 Library, Part 2: algorithm identifiers and object attributes.
const ALG_SHA256 = 0x000b
const ALG_NULL = 0x0010
const ALG_ECDSA = 0x0018
const ALG_ECC = 0x0023
const ECC_NIST_P256 = 0x0003
const FIXED_TPM = 1 << 1
const FIXED_PARENT = 1 << 4
const SENSITIVE_DATA_ORIGIN = 1 << 5
const RESTRICTED = 1 << 16
const DECRYPT = 1 << 17
const SIGN = 1 << 18

/** A P-256 signing key of a TPM, by its public area. */
export interface TpmSigningKey {
  /** TPM2B_NAME without its length: the algorithm of the name and the hash of the public area. */
  readonly name: Buffer
  /** Coordinates of 32 bytes, base64url. */
  readonly x: string
  readonly y: string
  readonly publicKey: KeyObject
  /** Signs only what the TPM itself made, so a quote of it cannot be made up outside. */
  readonly restricted: boolean
}

/**
 * Reads TPMT_PUBLIC of an ECC P-256 key that signs with ECDSA and SHA-256, was made inside its TPM and can never leave
 * it (fixedTPM, fixedParent, sensitiveDataOrigin). Throws `TpmFormatError` for every other.
 */
export function readSigningKey(bytes: Buffer): TpmSigningKey {
  const reader = new TpmReader(bytes)
  expect(reader.u16(), ALG_ECC, 'type')
  expect(reader.u16(), ALG_SHA256, 'nameAlg')
  const attributes = reader.u32()
  requireAttributes(attributes)
  reader.sized() // authPolicy: who may use the key is its machine's matter
  expect(reader.u16(), ALG_NULL, 'symmetric')
  expect(reader.u16(), ALG_ECDSA, 'scheme')
  expect(reader.u16(), ALG_SHA256, 'scheme.hash')
  expect(reader.u16(), ECC_NIST_P256, 'curve')
  expect(reader.u16(), ALG_NULL, 'kdf')
  const [x, y] = [coordinate(reader.sized()), coordinate(reader.sized())]
  reader.end()
  return {
    name: nameOf(bytes),
    x,
    y,
    publicKey: publicKeyOf(x, y),
    restricted: (attributes & RESTRICTED) !== 0
  }
}

/** The name of an object: its nameAlg, SHA-256, and the hash of its public area. */
export const nameOf = (publicArea: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x00, 0x0b]), createHash('sha256').update(publicArea).digest()])

function requireAttributes(attributes: number): void {
  const needed = [
    [FIXED_TPM, 'fixedTPM'],
    [FIXED_PARENT, 'fixedParent'],
    [SENSITIVE_DATA_ORIGIN, 'sensitiveDataOrigin'],
    [SIGN, 'sign']
  ] as const
  for (const [bit, name] of needed) {
    if ((attributes & bit) === 0) throw new TpmFormatError(`the key is not ${name}`)
  }
  if ((attributes & DECRYPT) !== 0) throw new TpmFormatError('the key may decrypt')
}

function coordinate(bytes: Buffer): string {
  if (bytes.length > 32) throw new TpmFormatError('a coordinate is too long')
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]).toString('base64url')
}

function publicKeyOf(x: string, y: string): KeyObject {
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  } catch {
    throw new TpmFormatError('the key is no point of P-256')
  }
}

function expect(found: number, wanted: number, field: string): void {
  if (found !== wanted) throw new TpmFormatError(`${field} is 0x${found.toString(16)}`)
}
