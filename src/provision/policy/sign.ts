import canonicalize from 'canonicalize'
import { toBase64url, type PolicyEnvelope } from '../../core/policy/envelope'
import type { Policy } from '../../core/policy/policy'
import { signBytes, type PolicyKey } from '../keys/policy-key'

/** Signs a policy: canonical JSON (RFC 8785), Ed25519 over its exact bytes, both in one envelope. */
export function signPolicy(policy: Policy, key: PolicyKey): PolicyEnvelope {
  const text = canonicalize(policy)
  if (text === undefined) throw new Error('the policy has no canonical form')
  const bytes = new TextEncoder().encode(text)
  return {
    v: 1,
    type: 'havendesk-policy',
    payload: toBase64url(bytes),
    signatures: [{ keyId: key.root.keyId, signature: toBase64url(signBytes(key, bytes)) }]
  }
}
