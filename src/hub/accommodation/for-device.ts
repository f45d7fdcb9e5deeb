import { and, eq, isNull } from 'drizzle-orm'
import type { AccommodationsReply } from '../../contract/wire/v1/accommodation'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import type { ProvenClaims } from '../attestation/proof'
import type { Outcome } from '../outcome'
import { accommodationsOf } from '../store/admin/accommodation'
import type { Database } from '../store/open'
import { deviceSession } from '../store/tables'

/** Hands a device the accommodations of who is signed in at it from this run, and nobody else's. */
export const accommodationsFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<AccommodationsReply>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const [session] = await tx
      .select({ personId: deviceSession.personId })
      .from(deviceSession)
      .where(
        and(
          eq(deviceSession.workstationId, row.id),
          eq(deviceSession.boot, claims.boot),
          isNull(deviceSession.endedAt)
        )
      )
    const accommodations =
      session === undefined ? [] : [...(await accommodationsOf(tx, session.personId, settings.now))]
    return ok({ v: 1, accommodations })
  })
