import { and, eq, isNull } from 'drizzle-orm'
import type { WorkstationRow } from '../attestation/sequence'
import type { Queries } from '../store/open'
import { deviceSession, person } from '../store/tables'

/** Who is signed in at a workstation from this run of its client, by id; null when nobody is. Who was shut out is not. */
export async function personAt(tx: Queries, row: WorkstationRow, boot: string): Promise<string | null> {
  const [session] = await tx
    .select({ personId: deviceSession.personId })
    .from(deviceSession)
    .innerJoin(person, eq(person.id, deviceSession.personId))
    .where(
      and(
        eq(deviceSession.workstationId, row.id),
        eq(deviceSession.boot, boot),
        isNull(deviceSession.endedAt),
        isNull(person.disabledAt)
      )
    )
  return session?.personId ?? null
}
