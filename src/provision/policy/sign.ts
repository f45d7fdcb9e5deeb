import type { PolicyEnvelope } from '../../core/policy/envelope'
import type { Policy } from '../../core/policy/policy'
import type { PolicyKey } from '../keys/policy-key'
import { documentOf, signDocument } from '../trust/document'

/** Signs a policy: canonical JSON (RFC 8785), Ed25519 over its exact bytes, both in one envelope. */
export const signPolicy = (policy: Policy, key: PolicyKey): PolicyEnvelope =>
  signDocument(documentOf('havendesk-policy', policy), key)
