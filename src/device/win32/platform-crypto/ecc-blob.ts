import type { PublicJwk } from '../../contract/device-key'

/** BCRYPT_ECDSA_PUBLIC_P256_MAGIC, `ECS1` */
const MAGIC = 0x31534345
const COORDINATE = 32

/** The key in a BCRYPT_ECCKEY_BLOB: magic and size of 32 bits each, little endian, then X and Y. Throws on any other. */
export function publicJwkOf(blob: Buffer): PublicJwk {
  const isP256 =
    blob.length === 8 + 2 * COORDINATE &&
    blob.readUInt32LE(0) === MAGIC &&
    blob.readUInt32LE(4) === COORDINATE
  if (!isP256) throw new Error('the platform crypto provider gave no P-256 key')
  const coordinate = (at: number): string => blob.subarray(at, at + COORDINATE).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: coordinate(8), y: coordinate(8 + COORDINATE) }
}
