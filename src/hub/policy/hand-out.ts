import type { ProofClaims } from '../../contract/wire/v1/device'
import type { Flavour } from '../../core/flavour'
import type { PolicyEnvelope } from '../../core/policy/envelope'
import { ok } from '../../core/result'
import { acceptFlavour } from '../attestation/flavour'
import { acceptSequence } from '../attestation/sequence'
import { refuse, type Outcome } from '../outcome'
import { newestPolicy } from '../store/admin/policy'
import type { Database } from '../store/open'
import { appendStream } from '../stream/append'

/** Hands a device the newest envelope of its organisation. The device believes it for its signature, not for us. */
export async function policyFor(
  db: Database,
  claims: ProofClaims,
  settings: { readonly acceptFlavours: readonly Flavour[]; readonly now: Date }
): Promise<Outcome<PolicyEnvelope>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, demo, newRun } = device.value
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], settings.now)
    const flavour = acceptFlavour(row.flavour, settings.acceptFlavours, demo)
    if (!flavour.ok) return flavour
    const policy = await newestPolicy(tx, row.organisationId)
    return policy === null ? refuse('unavailable', 'No policy is published yet.') : ok(policy.envelope)
  })
}
