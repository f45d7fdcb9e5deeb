import canonicalize from 'canonicalize'
import { modelMessage, type ModelEnvelope } from '../../core/model/envelope'
import type { ModelManifest } from '../../core/model/manifest'
import { toBase64url } from '../../core/policy/envelope'
import { signBytes, type PolicyKey } from '../keys/policy-key'

/** Signs a model's manifest: canonical JSON (RFC 8785), Ed25519 over the models' mark and its exact bytes. */
export function signModel(manifest: ModelManifest, key: PolicyKey): ModelEnvelope {
  const text = canonicalize(manifest)
  if (text === undefined) throw new Error('the manifest has no canonical form')
  const bytes = new TextEncoder().encode(text)
  return {
    v: 1,
    type: 'havendesk-model',
    payload: toBase64url(bytes),
    signatures: [{ keyId: key.root.keyId, signature: toBase64url(signBytes(key, modelMessage(bytes))) }]
  }
}
