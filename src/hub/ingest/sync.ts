import { and, between, eq } from 'drizzle-orm'
import type { OutboxRecord, SyncReply, SyncRequest } from '../../contract/wire/v1/device'
import type { Flavour } from '../../core/flavour'
import { ok } from '../../core/result'
import type { Terms } from '../../core/alert/terms'
import { termsFor } from '../alerts/terms'
import { acceptFlavour } from '../attestation/flavour'
import { acceptSequence, type KnownDevice, type WorkstationRow } from '../attestation/sequence'
import { refuse, type Outcome } from '../outcome'
import { offeredModels } from '../store/admin/model'
import { newestPolicyVersion } from '../store/admin/policy'
import type { Database, Queries } from '../store/open'
import { record, workstation, workstationBoot } from '../store/tables'
import { appendStream, type Change } from '../stream/append'
import { applyRecord, type RunState } from './apply'
import { hear } from './desk'
import { noteInput } from '../people/idle'
import { recordDigest } from './digest'
import { note } from './note'
import type { ProvenClaims } from '../attestation/proof'

export interface SyncSettings {
  readonly acceptFlavours: readonly Flavour[]
  readonly heartbeatMs: number
  readonly now: Date
  /** The attestation whose token came along: null when the token is not good, undefined when there is none. */
  readonly attestation?: string | null | undefined
}

/**
 * Takes one batch of a device. Everything of it is stored in one transaction, or nothing; the reply that names the
 * records as stored is made only after the database has committed and synced.
 */
export async function sync(
  db: Database,
  request: SyncRequest,
  claims: ProvenClaims,
  settings: SyncSettings
): Promise<Outcome<SyncReply>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, newRun } = device.value
    const taken = await takeBatch(tx, device.value, request, claims, settings)
    const changes: Change[] = taken.ok ? [...taken.value.changes] : []
    if (newRun || changes.some((change) => change.kind === 'alert'))
      changes.push({ kind: 'tile', subject: row.id })
    await appendStream(tx, row, changes, settings.now)
    return taken.ok ? ok(taken.value.reply) : taken
  })
}

interface Taken {
  readonly reply: SyncReply
  readonly changes: readonly Change[]
}

async function takeBatch(
  tx: Queries,
  device: KnownDevice,
  request: SyncRequest,
  claims: ProvenClaims,
  settings: SyncSettings
): Promise<Outcome<Taken>> {
  const { row, demo } = device
  const { now } = settings
  const flavour = acceptFlavour(request.sender.flavour, settings.acceptFlavours, demo)
  if (!flavour.ok) return flavour
  if (request.desk !== null && request.boot !== claims.boot) {
    return refuse('bad-request', 'While records of an earlier run are delivered, desk is null.', {
      field: 'desk'
    })
  }
  await keepSender(tx, row, request)
  const stored = await storeRecords(tx, row, request, now)
  if (!stored.ok) return stored
  if (request.inputAgoMs !== undefined) await noteInput(tx, row.id, claims.boot, request.inputAgoMs, now)
  const tileChanged = await hear(tx, row, request.desk, settings.attestation ?? null, now)
  const changes = [
    ...stored.value.changes,
    ...(tileChanged ? [{ kind: 'tile' as const, subject: row.id }] : [])
  ]
  const reply: SyncReply = {
    v: 1,
    ackBelow: stored.value.next,
    policyVersion: await newestPolicyVersion(tx, row.organisationId),
    models: await offeredModels(tx, row.organisationId),
    serverTime: now.toISOString(),
    heartbeatMs: settings.heartbeatMs,
    // A client from before attestation would not understand the field, and has no token either.
    ...(settings.attestation === null ? { attest: true } : {})
  }
  return ok({ reply, changes })
}

interface Stored {
  readonly next: number
  readonly changes: readonly Change[]
}

async function storeRecords(
  tx: Queries,
  row: WorkstationRow,
  request: SyncRequest,
  now: Date
): Promise<Outcome<Stored>> {
  const { records } = request
  const first = records[0]
  const run = await runOf(tx, row, request.boot, now)
  if (first === undefined) return ok({ next: run.nextRecordSeq, changes: [] })
  const crooked = records.findIndex((entry, index) => entry.seq !== first.seq + index)
  if (crooked >= 0) {
    return refuse('bad-request', 'Records of a batch rise by one.', { field: `records.${crooked}.seq` })
  }
  if (first.seq > run.nextRecordSeq) {
    return refuse('gap', `The hub waits for record ${run.nextRecordSeq} of this run.`, {
      field: 'records.0.seq',
      expected: run.nextRecordSeq
    })
  }
  const altered = await alteredDuplicate(tx, row, request, run.nextRecordSeq)
  if (altered >= 0) {
    const detail = `record ${records[altered]?.seq ?? -1}`
    await note(tx, row, { code: 'altered-duplicate', detail, count: 1 }, now)
    return refuse('altered-duplicate', 'A record with this sequence is stored and says something else.', {
      field: `records.${altered}`
    })
  }
  const fresh = records.filter((entry) => entry.seq >= run.nextRecordSeq)
  if (fresh.length === 0) return ok({ next: run.nextRecordSeq, changes: [] })
  await insertRecords(tx, row, request.boot, fresh, now)
  const changes: Change[] = []
  let state: RunState = { boot: request.boot, personId: run.personId }
  // One look at the policy serves a whole batch.
  let terms: Promise<Terms> | null = null
  const termsOfBatch = (): Promise<Terms> => (terms ??= termsFor(tx, row.organisationId))
  for (const entry of fresh) {
    const applied = await applyRecord(tx, row, request.sender, state, entry, termsOfBatch, now)
    state = applied.state
    changes.push(...applied.changes)
  }
  const next = run.nextRecordSeq + fresh.length
  await tx
    .update(workstationBoot)
    .set({ nextRecordSeq: next, personId: state.personId })
    .where(and(eq(workstationBoot.workstationId, row.id), eq(workstationBoot.boot, request.boot)))
  return ok({ next, changes })
}

/** The run that made the records; one that the hub never heard of while it lasted gets its row now. */
async function runOf(tx: Queries, row: WorkstationRow, boot: string, now: Date) {
  const where = and(eq(workstationBoot.workstationId, row.id), eq(workstationBoot.boot, boot))
  const found = await tx.select().from(workstationBoot).where(where)
  if (found[0] !== undefined) return found[0]
  const made = await tx
    .insert(workstationBoot)
    .values({
      workstationId: row.id,
      boot,
      organisationId: row.organisationId,
      teamId: row.teamId,
      firstSeenAt: now
    })
    .returning()
  if (made[0] === undefined) throw new Error('a new run was not stored')
  return made[0]
}

/** Index of the first record that is stored already with other contents; -1 when there is none. */
async function alteredDuplicate(
  tx: Queries,
  row: WorkstationRow,
  request: SyncRequest,
  next: number
): Promise<number> {
  const first = request.records[0]?.seq ?? next
  if (first >= next) return -1
  const stored = await tx
    .select({ seq: record.seq, digest: record.digest })
    .from(record)
    .where(
      and(
        eq(record.workstationId, row.id),
        eq(record.boot, request.boot),
        between(record.seq, first, next - 1)
      )
    )
  const digests = new Map(stored.map((entry) => [entry.seq, entry.digest]))
  return request.records.findIndex((entry) => {
    const known = digests.get(entry.seq)
    return known !== undefined && !known.equals(recordDigest(entry))
  })
}

async function insertRecords(
  tx: Queries,
  row: WorkstationRow,
  boot: string,
  fresh: readonly OutboxRecord[],
  now: Date
): Promise<void> {
  await tx.insert(record).values(
    fresh.map((entry) => ({
      workstationId: row.id,
      boot,
      seq: entry.seq,
      organisationId: row.organisationId,
      teamId: row.teamId,
      digest: recordDigest(entry),
      kind: entry.body.kind,
      body: entry.body,
      deviceAt: new Date(entry.at),
      monoMs: entry.monoMs,
      receivedAt: now
    }))
  )
}

async function keepSender(tx: Queries, row: WorkstationRow, request: SyncRequest): Promise<void> {
  const { build, flavour } = request.sender
  if (row.build === build && row.flavour === flavour) return
  await tx.update(workstation).set({ build, flavour }).where(eq(workstation.id, row.id))
}
