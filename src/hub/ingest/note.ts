import type { WorkstationRow } from '../attestation/sequence'
import type { Queries } from '../store/open'
import { securityEvent } from '../store/tables'

/** Stores something about a workstation that IT should look at. */
export async function note(
  tx: Queries,
  row: WorkstationRow,
  event: { readonly code: string; readonly detail: string; readonly count: number },
  now: Date
): Promise<void> {
  await tx.insert(securityEvent).values({
    organisationId: row.organisationId,
    teamId: row.teamId,
    workstationId: row.id,
    ...event,
    at: now
  })
}
