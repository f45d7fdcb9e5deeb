import { and, eq } from 'drizzle-orm'
import type { WorkstationRow } from '../attestation/sequence'
import type { Queries } from '../store/open'
import { deviceSession } from '../store/tables'

/** A device may only name people whom the hub itself signed in on it. */
export async function signedInHere(tx: Queries, row: WorkstationRow, personId: string): Promise<boolean> {
  const found = await tx
    .select({ id: deviceSession.id })
    .from(deviceSession)
    .where(and(eq(deviceSession.workstationId, row.id), eq(deviceSession.personId, personId)))
    .limit(1)
  return found.length > 0
}
