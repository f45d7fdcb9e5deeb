import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { PolicyRoot } from '../../core/policy/envelope'

/** A key of IT's: an Ed25519 pair. What it may sign, the root says; while there is none, it says what a desk must be. */
export interface PolicyKey {
  readonly root: PolicyRoot
  /** The private half, 32 bytes. */
  readonly seed: Buffer
}

/** Makes a new policy key from the system's randomness. */
export function createPolicyKey(): PolicyKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { d, x } = privateKey.export({ format: 'jwk' })
  if (d === undefined || x === undefined) throw new Error('the new key could not be read back')
  return { root: rootOf(x), seed: Buffer.from(d, 'base64url') }
}

/** Signs bytes with the policy key. */
export function signBytes(key: PolicyKey, bytes: Uint8Array): Buffer {
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: key.seed.toString('base64url'),
    x: key.root.publicKey
  }
  return sign(null, bytes, createPrivateKey({ format: 'jwk', key: jwk }))
}

/** True when `signature` is the key's over exactly these bytes. */
export function verifyBytes({ publicKey }: PolicyRoot, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  return verify(
    null,
    bytes,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } }),
    signature
  )
}

function rootOf(publicKey: string): PolicyRoot {
  return { keyId: createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex'), publicKey }
}
