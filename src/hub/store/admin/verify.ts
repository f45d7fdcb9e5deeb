import { createPublicKey, verify, type KeyObject } from 'node:crypto'
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
