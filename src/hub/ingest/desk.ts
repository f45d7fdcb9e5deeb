import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import { checkAreaSchema, worstOf, type CheckArea, type CheckState } from '../../core/check/check'
import type { DeskSnapshot } from '../../contract/wire/v1/device'
import type { WorkstationRow } from '../attestation/sequence'
import type { Database, Queries } from '../store/open'
import { desk } from '../store/tables'
import { appendStream } from '../stream/append'
import { signedInHere } from '../people/signed-in-here'

/** How many heartbeats may be missed before the hub says that it does not know any more. */
export const MISSED_HEARTBEATS = 3

/**
 * Notes that the device was heard, and what its desk looks like when it said so. Returns whether the tile changed:
 * hearing from it again is a change when the hub had judged it silent. `attestationId` is the attestation that vouches
 * for the snapshot, null when none does.
 */
export async function hear(
  tx: Queries,
  row: WorkstationRow,
  snapshot: DeskSnapshot | null,
  attestationId: string | null,
  now: Date
): Promise<boolean> {
  const found = await tx.select().from(desk).where(eq(desk.workstationId, row.id))
  const before = found[0]
  if (before === undefined) throw new Error(`workstation ${row.id} has no desk`)
  const mine = eq(desk.workstationId, row.id)
  if (snapshot === null) {
    // Records of an earlier run say nothing about the desk of now: a silent tile stays unknown until a snapshot comes.
    await tx.update(desk).set({ lastHeardAt: now }).where(mine)
    return false
  }
  const personId = await personOf(tx, row, snapshot, before.personId)
  const checks = worstPerArea(snapshot)
  const sameWord =
    before.state === snapshot.state &&
    before.locked === (snapshot.locked ?? false) &&
    same(before.reasons, snapshot.reasons) &&
    before.personId === personId &&
    before.silentSince === null
  const sameTrust = (before.attestationId === null) === (attestationId === null)
  const changed = !sameWord || !sameTrust || !same(before.checks, checks)
  await tx
    .update(desk)
    .set({
      lastHeardAt: now,
      silentSince: null,
      state: snapshot.state,
      locked: snapshot.locked ?? false,
      reasons: snapshot.reasons,
      since: sameWord ? before.since : now,
      personId,
      policyVersion: snapshot.policyVersion,
      model: snapshot.model,
      checks,
      posture: snapshot.checks,
      attestationId
    })
    .where(mine)
  return changed
}

async function personOf(
  tx: Queries,
  row: WorkstationRow,
  snapshot: DeskSnapshot,
  before: string | null
): Promise<string | null> {
  const claimed = snapshot.person?.id ?? null
  if (claimed === null || claimed === before) return claimed
  return (await signedInHere(tx, row, claimed)) ? claimed : null
}

function worstPerArea(snapshot: DeskSnapshot): Record<CheckArea, CheckState> {
  const worst = (area: CheckArea): CheckState => {
    const own = snapshot.checks.filter((check) => check.area === area)
    // What the policy only wants told does not colour a dot that it makes something of otherwise.
    const counted = own.filter(({ enforcement }) => enforcement !== 'report')
    return worstOf((counted.length === 0 ? own : counted).map((check) => check.state))
  }
  return Object.fromEntries(checkAreaSchema.options.map((area) => [area, worst(area)])) as Record<
    CheckArea,
    CheckState
  >
}

// Column order of jsonb differs from ours: compare by keys.
function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => entry === right[index])
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right
  const other = new Map(Object.entries(right))
  const own = Object.entries(left)
  return own.length === other.size && own.every(([key, value]) => other.get(key) === value)
}

/** Most desks of one round: what a floor of ten thousand loses at once is told in a few. */
const BATCH = 2000

/**
 * Judges silence: every desk not heard for three heartbeats becomes unknown, whatever it said last. It looks only at
 * what is stored, so a hub that was down itself does not show what nobody has confirmed since. Returns how many.
 */
export async function judgeSilence(db: Database, heartbeatMs: number, now: Date): Promise<number> {
  let judged = 0
  for (;;) {
    const round = await judgeRound(db, heartbeatMs, now)
    judged += round
    if (round < BATCH) return judged
  }
}

async function judgeRound(db: Database, heartbeatMs: number, now: Date): Promise<number> {
  const limit = new Date(now.getTime() - MISSED_HEARTBEATS * heartbeatMs)
  return db.transaction(async (tx) => {
    const silent = tx
      .select({ id: desk.workstationId })
      .from(desk)
      .where(and(isNull(desk.silentSince), lt(desk.lastHeardAt, limit)))
      .orderBy(desk.workstationId)
      .limit(BATCH)
      .for('update', { skipLocked: true })
    const found = await tx
      .update(desk)
      .set({ silentSince: now })
      .where(inArray(desk.workstationId, silent))
      .returning({ id: desk.workstationId, organisationId: desk.organisationId, teamId: desk.teamId })
    // Teams in one order, so that two judges could not wait for each other.
    for (const teamId of [...new Set(found.map((one) => one.teamId))].sort()) {
      const own = found.filter((one) => one.teamId === teamId)
      const changes = own.map(({ id }) => ({ kind: 'tile' as const, subject: id }))
      const [place] = own
      if (place !== undefined) await appendStream(tx, place, changes, now)
    }
    return found.length
  })
}
