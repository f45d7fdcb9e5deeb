import { and, eq } from 'drizzle-orm'
import type { ProofClaims } from '../../contract/wire/v1/device'
import { assertNever, err, ok } from '../../core/result'
import { note } from '../ingest/note'
import { refuse, type Outcome } from '../outcome'
import type { Queries } from '../store/open'
import { desk, organisation, workstation, workstationBoot, type AttestationMode } from '../store/tables'
import { NONE_ANY_MORE } from './nonce'
import { placeOf, type Taken } from './order'
import type { ProvenClaims } from './proof'
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

/** What a run remembers of its newest request. */
export const newestOf = ({ seq, jti }: ProofClaims) => ({ requestSeq: seq, requestId: jti })

/**
 * Takes a proven request as the device's newest: its run must be the newest one, and its sequence must rise. The
 * workstation's row stays locked until the transaction ends, so that requests of one device follow one another.
 *
 * A run that was not seen before replaces the one before it, which may then never come back. Which request is late and
 * which one is somebody else's, `placeOf` judges. In the second case two programs hold the key, and neither is believed
 * any more.
 */
export async function acceptSequence(
  tx: Queries,
  claims: ProvenClaims,
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
  const taken = await takenOf(tx, row.id, claims.boot)
  const place = placeOf(claims, claims.fromNonce?.told ?? null, { newestBoot: row.newestBoot, taken })
  switch (place.kind) {
    case 'new-run':
      await startBoot(tx, row, claims, now)
      return ok({ ...device, newRun: true })
    case 'next':
      await tx
        .update(workstationBoot)
        .set(newestOf(claims))
        .where(and(eq(workstationBoot.workstationId, row.id), eq(workstationBoot.boot, claims.boot)))
      return ok({ ...device, newRun: false })
    case 'repeated':
      return refuse('replayed', 'This request was taken already.', { field: 'proof.seq' })
    case 'copy':
      await quarantine(tx, row, place.reason, now)
      return isolated
    case 'ask':
      if (place.told.upTo === NONE_ANY_MORE)
        await note(tx, row, { code: 'superseded-run', detail: '', count: 1 }, now)
      return err({ ...askAgain, told: place.told })
    default:
      return assertNever(place)
  }
}

const isolated = err(isQuarantined)
const askAgain = {
  code: 'use-nonce',
  message: 'Something newer of this device was seen. If you are there, say so with the new nonce.',
  field: 'proof.nonce'
} as const

async function takenOf(tx: Queries, workstationId: string, boot: string): Promise<Taken | null> {
  const rows = await tx
    .select({ requestSeq: workstationBoot.requestSeq, requestId: workstationBoot.requestId })
    .from(workstationBoot)
    .where(and(eq(workstationBoot.workstationId, workstationId), eq(workstationBoot.boot, boot)))
  return rows[0] ?? null
}

async function startBoot(tx: Queries, row: WorkstationRow, claims: ProvenClaims, now: Date): Promise<void> {
  await tx
    .insert(workstationBoot)
    .values({
      workstationId: row.id,
      boot: claims.boot,
      organisationId: row.organisationId,
      teamId: row.teamId,
      firstSeenAt: now,
      ...newestOf(claims)
    })
    .onConflictDoUpdate({
      target: [workstationBoot.workstationId, workstationBoot.boot],
      set: newestOf(claims) // a run from before IT released the workstation
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
