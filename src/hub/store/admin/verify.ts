import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { VerifyGrant } from '../../../core/break-glass/grant'
import type { VerifySignature } from '../../../core/trust/signed'

/** Keys that were read already. */
const read = new Map<string, KeyObject>()
const MAX_READ = 256

/** Ed25519 over the exact bytes. What is no key or no signature is a signature that does not fit. */
export const verifyEd25519: VerifySignature = ({ publicKey }, message, signature) => {
  if (signature.length !== 64) return false
  try {
    return verify(null, message, keyOf(publicKey), signature)
  } catch {
    return false // not a point on the curve
  }
}

function keyOf(publicKey: string): KeyObject {
  const known = read.get(publicKey)
  if (known !== undefined) return known
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } })
  if (read.size >= MAX_READ) read.clear()
  read.set(publicKey, key)
  return key
}

/** ES256 with a signature in DER. A key that is not on P-256, or no key at all, signs nothing. */
export function verifyEs256(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const der = Buffer.from(publicKey, 'base64url')
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
    return verify('sha256', message, key, signature)
  } catch {
    return false // no key, or no signature
  }
}

export const verifyGrant: VerifyGrant = { ed25519: verifyEd25519, es256: verifyEs256 }
