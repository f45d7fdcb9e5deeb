import type { PolicyEnvelope } from '../../core/policy/envelope'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import { refuse, type Outcome } from '../outcome'
import { newestPolicy } from '../store/admin/policy'
import type { Database } from '../store/open'
import type { ProvenClaims } from '../attestation/proof'

/** Hands a device the newest envelope of its organisation. The device believes it for its signature, not for us. */
export const policyFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<PolicyEnvelope>> =>
  forDevice(db, claims, settings, async (tx, { organisationId }) => {
    const policy = await newestPolicy(tx, organisationId)
    return policy === null ? refuse('unavailable', 'No policy is published yet.') : ok(policy.envelope)
  })
