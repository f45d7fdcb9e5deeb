import type { SessionReply } from '../../contract/wire/v1/device'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import { ok } from '../../core/result'
import type { Outcome } from '../outcome'
import type { Database } from '../store/open'
import type { ProvenClaims } from '../attestation/proof'
import { personAt } from './person-at'

/** Who is signed in at a workstation from this run of its client. A person who was shut out is not. */
export function sessionFor(
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<SessionReply>> {
  return forDevice(db, claims, settings, async (tx, row) =>
    ok({ v: 1, person: await personAt(tx, row, claims.boot) })
  )
}
