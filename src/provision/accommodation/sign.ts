import type { Accommodation } from '../../core/accommodation/accommodation'
import type { AccommodationEnvelope } from '../../core/accommodation/envelope'
import type { PolicyKey } from '../keys/policy-key'
import { documentOf, signDocument } from '../trust/document'

/** Signs an accommodation with a key that signs policies: canonical JSON, Ed25519 over its marked bytes. */
export const signAccommodation = (accommodation: Accommodation, key: PolicyKey): AccommodationEnvelope =>
  signDocument(documentOf('havendesk-accommodation', accommodation), key)
