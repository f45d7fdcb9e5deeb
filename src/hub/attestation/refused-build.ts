import { eq } from 'drizzle-orm'
import type { Statement } from '../../contract/wire/v1/attestation'
import type { Queries } from '../store/open'
import { refusedBuild } from '../store/oversight-tables'
import type { WorkstationRow } from './sequence'

/** Notes the program for which an attestation is refused: IT sees there what it would have to allow. */
export async function noteRefusedBuild(
  tx: Queries,
  { id, organisationId, teamId }: WorkstationRow,
  { build, buildHash }: Statement,
  now: Date
): Promise<void> {
  const newest = { build, buildHash, at: now }
  await tx
    .insert(refusedBuild)
    .values({ workstationId: id, organisationId, teamId, ...newest })
    .onConflictDoUpdate({ target: refusedBuild.workstationId, set: newest })
}

/** A program is allowed, or none is asked for: what was refused before is over. */
export async function forgetRefusedBuild(tx: Queries, workstationId: string): Promise<void> {
  await tx.delete(refusedBuild).where(eq(refusedBuild.workstationId, workstationId))
}
