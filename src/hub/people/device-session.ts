import { and, eq, isNull } from 'drizzle-orm'
import type { SessionReply } from '../../contract/wire/v1/device'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import { ok } from '../../core/result'
import type { Outcome } from '../outcome'
import type { Database } from '../store/open'
import { deviceSession, person } from '../store/tables'
import type { ProvenClaims } from '../attestation/proof'

/** Who is signed in at a workstation from this run of its client. A person who was shut out is not. */
export function sessionFor(
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<SessionReply>> {
  return forDevice(db, claims, settings, async (tx, row) => {
    const found = await tx
      .select({ person: deviceSession.personId })
      .from(deviceSession)
      .innerJoin(person, eq(person.id, deviceSession.personId))
      .where(
        and(
          eq(deviceSession.workstationId, row.id),
          eq(deviceSession.boot, claims.boot),
          isNull(deviceSession.endedAt),
          isNull(person.disabledAt)
        )
      )
    return ok({ v: 1, person: found[0]?.person ?? null })
  })
}
