import { and, eq, lt, notExists } from 'drizzle-orm'
import type { Queries } from '../store/open'
import { refusedBuild } from '../store/oversight-tables'
import { alert, attestation, desk } from '../store/tables'

/** How long an attestation is kept that no alert and no desk quotes, milliseconds: a week. */
export const ATTESTATION_RETENTION_MS = 7 * 86_400_000

/**
 * Forgets old attestations that nothing quotes. Those that an alert was raised under stay as long as it does. A desk that was
 * refused for its program and has not asked for as long either is forgotten as refused.
 */
export async function pruneAttestations(db: Queries, now: Date): Promise<void> {
  const limit = new Date(now.getTime() - ATTESTATION_RETENTION_MS)
  const quotedByAlert = db.select({ id: alert.id }).from(alert).where(eq(alert.attestationId, attestation.id))
  const quotedByDesk = db
    .select({ id: desk.workstationId })
    .from(desk)
    .where(eq(desk.attestationId, attestation.id))
  await db
    .delete(attestation)
    .where(and(lt(attestation.at, limit), notExists(quotedByAlert), notExists(quotedByDesk)))
  await db.delete(refusedBuild).where(lt(refusedBuild.at, limit))
}
