import { z } from 'zod'
import { MAX_VERSION, type RootEnvelope } from '../../core/trust/root'
import type { SnapshotEnvelope } from '../../core/trust/snapshot'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import { refuse, type Outcome } from '../outcome'
import { newestSnapshot, rootEnvelope } from '../store/admin/trust'
import type { Database } from '../store/open'
import type { ProvenClaims } from '../attestation/proof'

const asked = z.object({ version: z.coerce.number().int().positive().max(MAX_VERSION) })

/** Hands a device one root of its organisation. It is believed for its signatures, not for us. */
export const rootFor = (
  db: Database,
  params: unknown,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<RootEnvelope>> =>
  forDevice(db, claims, settings, async (tx, { organisationId }) => {
    const which = asked.safeParse(params)
    const root = which.success ? await rootEnvelope(tx, organisationId, which.data.version) : null
    return root === null ? refuse('not-found', 'There is no such root.') : ok(root)
  })

/** Hands a device the newest snapshot of its organisation, likewise. */
export const snapshotFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<SnapshotEnvelope>> =>
  forDevice(db, claims, settings, async (tx, { organisationId }) => {
    const snapshot = await newestSnapshot(tx, organisationId)
    return snapshot === null ? refuse('not-found', 'There is no snapshot.') : ok(snapshot)
  })
