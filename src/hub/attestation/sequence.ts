import { and, eq } from 'drizzle-orm'
import type { ProofClaims } from '../../contract/wire/v1/device'
import { err, ok } from '../../core/result'
import { note } from '../ingest/note'
import { refuse, type Outcome } from '../outcome'
import type { Queries } from '../store/open'
import { desk, organisation, workstation, workstationBoot, type AttestationMode } from '../store/tables'
import { quarantine } from './quarantine'
import { isQuarantined, isRevoked } from './standing'

export type WorkstationRow = typeof workstation.$inferSelect

/** The device behind a request that was proven and is newer than all before it. */
export interface KnownDevice {
  readonly row: WorkstationRow
  readonly demo: boolean
  /** Whether its organisation's desks have to attest. */
  readonly attestation: AttestationMode
  /** True when this request began a run: the desk is back at `starting`, and its tile has to say so. */
  readonly newRun: boolean
}

/** What a run remembers of its first accepted proof. */
export const startOf = (claims: ProofClaims) => ({
  requestSeq: claims.seq,
  firstSignedAt: Math.trunc(claims.iat),
  lastSignedAt: Math.trunc(claims.iat)
})

/**
 * Takes a proven request as the device's newest: its run must be the newest one, and its sequence must rise. The
 * workstation's row stays locked until the transaction ends, so that requests of one device follow one another.
 *
 * A run that was not seen before replaces the one before it, which may then never come back. What comes all the same
 * tells whether it is late or somebody else's: by the device's own clock it was signed before, or after, the request
 * that it contradicts. In the second case two programs hold the key, and neither is believed any more.
 */
export async function acceptSequence(
  tx: Queries,
  claims: ProofClaims,
  now: Date
): Promise<Outcome<KnownDevice>> {
  const rows = await tx
    .select({ row: workstation, demo: organisation.demo, attestation: organisation.attestation })
    .from(workstation)
    .innerJoin(organisation, eq(organisation.organisationId, workstation.organisationId))
    .where(eq(workstation.id, claims.device))
    .for('update', { of: workstation })
  const device = rows[0]
  if (device === undefined)
    return refuse('unknown-device', 'This device is not enrolled here. Enrol it again.')
  const { row } = device
  if (row.revokedAt !== null) return err(isRevoked)
  if (row.quarantinedAt !== null) return isolated
  const boot = await bootOf(tx, row.id, claims.boot)
  if (boot === undefined) {
    await startBoot(tx, row, claims, now)
    return ok({ ...device, newRun: true })
  }
  if (row.newestBoot !== claims.boot) {
    const newest = row.newestBoot === null ? undefined : await bootOf(tx, row.id, row.newestBoot)
    if (isSignedAfter(claims, newest?.firstSignedAt)) {
      await quarantine(tx, row, 'two-runs', now)
      return isolated
    }
    await note(tx, row, { code: 'superseded-run', detail: '', count: 1 }, now)
    return refuse('replayed', 'A later run of this device is known; this one has ended.', {
      field: 'proof.boot'
    })
  }
  if (claims.seq <= boot.requestSeq) {
    if (isSignedAfter(claims, boot.lastSignedAt)) {
      await quarantine(tx, row, 'sequence-regressed', now)
      return isolated
    }
    return refuse('replayed', 'This request, or a later one, was seen already.', { field: 'proof.seq' })
  }
  await tx
    .update(workstationBoot)
    .set({ requestSeq: claims.seq, lastSignedAt: Math.trunc(claims.iat) })
    .where(and(eq(workstationBoot.workstationId, row.id), eq(workstationBoot.boot, claims.boot)))
  return ok({ ...device, newRun: false })
}

const isolated = err(isQuarantined)

/**
 * Proofs carry whole seconds, so a request of the same second may be the one that was overtaken on its way; from the
 * next second on it cannot. Runs from before these instants were kept are never judged by them.
 */
const isSignedAfter = (claims: ProofClaims, instant: number | null | undefined): boolean =>
  instant !== null && instant !== undefined && Math.trunc(claims.iat) > instant

async function bootOf(tx: Queries, workstationId: string, boot: string) {
  const rows = await tx
    .select({
      requestSeq: workstationBoot.requestSeq,
      firstSignedAt: workstationBoot.firstSignedAt,
      lastSignedAt: workstationBoot.lastSignedAt
    })
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
    ...startOf(claims)
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
      silentSince: null,
      attestationId: null
    })
    .where(eq(desk.workstationId, row.id))
}
