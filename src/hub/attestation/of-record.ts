import { and, desc, eq, lte } from 'drizzle-orm'
import type { Queries } from '../store/open'
import { attestation } from '../store/tables'
import type { WorkstationRow } from './sequence'

/** The attestation under which a record of a run was made; null when it was made before the first. */
export async function attestationOfRecord(
  tx: Queries,
  row: Pick<WorkstationRow, 'id'>,
  boot: string,
  recordSeq: number
): Promise<string | null> {
  const rows = await tx
    .select({ id: attestation.id })
    .from(attestation)
    .where(
      and(
        eq(attestation.workstationId, row.id),
        eq(attestation.boot, boot),
        lte(attestation.recordSeq, recordSeq)
      )
    )
    .orderBy(desc(attestation.recordSeq), desc(attestation.at))
    .limit(1)
  return rows[0]?.id ?? null
}
