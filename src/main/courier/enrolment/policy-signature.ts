import { createPublicKey, verify } from 'node:crypto'
import { openEnvelope, type PolicyEnvelope, type PolicyRoot } from '../../../core/policy/envelope'
import type { Policy } from '../../../core/policy/policy'

/** Checks one Ed25519 signature with the pinned root. */
export function verifyEd25519(root: PolicyRoot, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: root.publicKey }, format: 'jwk' })
  return verify(null, message, key, signature)
}

/** The policy in an envelope that the pinned root signed for this organisation, else null. */
export function trustedPolicy(
  envelope: PolicyEnvelope,
  root: PolicyRoot,
  organisation: string
): Policy | null {
  try {
    const opened = openEnvelope(envelope, root, organisation, null, verifyEd25519)
    return opened.ok ? opened.value.policy : null
  } catch {
    return null // a root that is not an Ed25519 key verifies nothing
  }
}

/**
 * The version of an envelope that the pinned root signed for this organisation, else 0.
 * Main verifies again and decides; here it only settles what is worth keeping and when to ask for a newer one.
 */
export const trustedVersion = (envelope: PolicyEnvelope, root: PolicyRoot, organisation: string): number =>
  trustedPolicy(envelope, root, organisation)?.version ?? 0
