import { and, eq } from 'drizzle-orm'
import type { ProofClaims } from '../../contract/wire/v1/device'
import { ok } from '../../core/result'
import { note } from '../ingest/note'
import { refuse, type Outcome } from '../outcome'
import type { Queries } from '../store/open'
import { desk, organisation, workstation, workstationBoot } from '../store/tables'

export type WorkstationRow = typeof workstation.$inferSelect

/** The device behind a request that was proven and is newer than all before it. */
export interface KnownDevice {
  readonly row: WorkstationRow
  readonly demo: boolean
  /** True when this request began a run: the desk is back at `starting`, and its tile has to say so. */
  readonly newRun: boolean
}

/**
 * Takes a proven request as the device's newest: its run must be the newest one, and its sequence must rise. The
 * workstation's row stays locked until the transaction ends, so that requests of one device follow one another.
 *
 * A run that was not seen before replaces the one before it, which may then never come back.
 */
export async function acceptSequence(
  tx: Queries,
  claims: ProofClaims,
  now: Date
): Promise<Outcome<KnownDevice>> {
  const rows = await tx
    .select({ row: workstation, demo: organisation.demo })
    .from(workstation)
    .innerJoin(organisation, eq(organisation.organisationId, workstation.organisationId))
    .where(eq(workstation.id, claims.device))
    .for('update', { of: workstation })
  const device = rows[0]
  if (device === undefined)
    return refuse('unknown-device', 'This device is not enrolled here. Enrol it again.')
  if (device.row.revokedAt !== null) return refuse('revoked', 'This device was shut out. Ask IT.')
  const boot = await bootOf(tx, device.row.id, claims.boot)
  if (boot === undefined) {
    await startBoot(tx, device.row, claims, now)
    return ok({ ...device, newRun: true })
  }
  if (device.row.newestBoot !== claims.boot) {
    await note(tx, device.row, { code: 'superseded-run', detail: '', count: 1 }, now)
    return refuse('replayed', 'A later run of this device is known; this one has ended.', {
      field: 'proof.boot'
    })
  }
  if (claims.seq <= boot.requestSeq) {
    return refuse('replayed', 'This request, or a later one, was seen already.', { field: 'proof.seq' })
  }
  await tx
    .update(workstationBoot)
    .set({ requestSeq: claims.seq })
    .where(and(eq(workstationBoot.workstationId, device.row.id), eq(workstationBoot.boot, claims.boot)))
  return ok({ ...device, newRun: false })
}

async function bootOf(tx: Queries, workstationId: string, boot: string) {
  const rows = await tx
    .select({ requestSeq: workstationBoot.requestSeq })
    .from(workstationBoot)
    .where(and(eq(workstationBoot.workstationId, workstationId), eq(workstationBoot.boot, boot)))
  return rows[0]
}

async function startBoot(tx: Queries, row: WorkstationRow, claims: ProofClaims, now: Date): Promise<void> {
  await tx.insert(workstationBoot).values({
    workstationId: row.id,
    boot: claims.boot,
    organisationId: row.organisationId,
    teamId: row.teamId,
    firstSeenAt: now,
    requestSeq: claims.seq
  })
  await tx.update(workstation).set({ newestBoot: claims.boot }).where(eq(workstation.id, row.id))
  // What the run before said of the desk is no longer true of anything.
  await tx
    .update(desk)
    .set({
      state: 'starting',
      reasons: [],
      since: now,
      personId: null,
      checks: {},
      lastHeardAt: now,
      silentSince: null
    })
    .where(eq(desk.workstationId, row.id))
}
