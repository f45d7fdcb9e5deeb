import type { PublicJwk } from '../../contract/device-key'
import { TpmError } from './tools'

/** TPMT_SIGNATURE of ECDSA with SHA-256, as r and s of 32 bytes each. */
export function signatureOf(bytes: Buffer): Uint8Array {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0x0018 || bytes.readUInt16BE(2) !== 0x000b) {
    throw new TpmError('the TPM signed otherwise than it was asked to')
  }
  const [r, rest] = sized(bytes.subarray(4))
  const [s] = sized(rest)
  return Buffer.concat([padded(r), padded(s)])
}

/** TPMT_PUBLIC in a TPM2B_PUBLIC. */
export function publicAreaOf(bytes: Buffer): Buffer {
  const [area, rest] = sized(bytes)
  if (rest.length !== 0) throw new TpmError('the public area is not whole')
  return area
}

/** The public half of a P-256 key in a TPM2B_PUBLIC: its last two fields. */
export function publicJwkOf(bytes: Buffer): PublicJwk {
  const area = publicAreaOf(bytes)
  if (area.length < 2 || area.readUInt16BE(0) !== 0x0023) throw new TpmError('the key is not an ECC key')
  const policyBytes = area.length < 10 ? 0 : area.readUInt16BE(8)
  // type, nameAlg, attributes, authPolicy, symmetric, scheme and its hash, curve, kdf
  const [x, rest] = sized(area.subarray(10 + policyBytes + 10))
  const [y] = sized(rest)
  return {
    kty: 'EC',
    crv: 'P-256',
    x: padded(x).toString('base64url'),
    y: padded(y).toString('base64url')
  }
}

/** A TPM2B. */
export function sizedBytes(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function sized(bytes: Buffer): [Buffer, Buffer] {
  const length = bytes.length < 2 ? Number.POSITIVE_INFINITY : bytes.readUInt16BE(0)
  if (2 + length > bytes.length) throw new TpmError('a structure of the TPM ends too early')
  return [bytes.subarray(2, 2 + length), bytes.subarray(2 + length)]
}

function padded(bytes: Buffer): Buffer {
  if (bytes.length > 32) throw new TpmError('a number of the TPM is too long')
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes])
}
