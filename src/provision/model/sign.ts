import type { ModelEnvelope } from '../../core/model/envelope'
import type { ModelManifest } from '../../core/model/manifest'
import type { PolicyKey } from '../keys/policy-key'
import { documentOf, signDocument } from '../trust/document'

/** Signs a model's manifest: canonical JSON (RFC 8785), Ed25519 over the models' mark and its exact bytes. */
export const signModel = (manifest: ModelManifest, key: PolicyKey): ModelEnvelope =>
  signDocument(documentOf('havendesk-model', manifest), key)
