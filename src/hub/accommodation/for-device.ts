import type { AccommodationsReply } from '../../contract/wire/v1/accommodation'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import type { ProvenClaims } from '../attestation/proof'
import type { Outcome } from '../outcome'
import { personAt } from '../people/person-at'
import { accommodationsOf } from '../store/admin/accommodation'
import type { Database } from '../store/open'

/** Hands a device the accommodations of who is signed in at it from this run, and nobody else's. */
export const accommodationsFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<AccommodationsReply>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const person = await personAt(tx, row, claims.boot)
    const accommodations = person === null ? [] : [...(await accommodationsOf(tx, person, settings.now))]
    return ok({ v: 1, accommodations })
  })
