import { createPublicKey, verify } from 'node:crypto'
import type { VerifySignature } from '../../core/policy/envelope'

/** Ed25519 over the exact bytes. A key or signature of the wrong shape is a signature that does not fit. */
export const verifyEd25519: VerifySignature = (root, message, signature) => {
  if (signature.length !== 64) return false
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: root.publicKey }, format: 'jwk' })
    return verify(null, message, key, signature)
  } catch {
    return false // not a point on the curve
  }
}
