import { and, eq, inArray } from 'drizzle-orm'
import type { BreakGlassReply } from '../../contract/wire/v1/break-glass'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import type { ProvenClaims } from '../attestation/proof'
import type { Outcome } from '../outcome'
import type { Database } from '../store/open'
import { breakGlass } from '../store/tables'

/** Tells a device what became of the requests of this run of its client: granted, or declined also after that. */
export const breakGlassFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<BreakGlassReply>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const found = await tx
      .select()
      .from(breakGlass)
      .where(
        and(
          eq(breakGlass.workstationId, row.id),
          eq(breakGlass.boot, claims.boot),
          inArray(breakGlass.status, ['granted', 'declined'])
        )
      )
      .orderBy(breakGlass.askedAt)
    const answers = found
      .slice(-8)
      .map(({ request, status, grantText }) =>
        status === 'granted'
          ? { request, outcome: 'granted' as const, grant: grantText }
          : { request, outcome: 'declined' as const, grant: null }
      )
    return ok({ v: 1, answers })
  })
