import { and, count, desc, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Alert, AlertEnd, AlertResume } from '../../core/alert/alert'
import { beginning } from '../../core/alert/life-cycle'
import type { Terms } from '../../core/alert/terms'
import { assertNever } from '../../core/result'
import type { OutboxRecord, SyncRequest } from '../../contract/wire/v1/device'
import { columnsOf } from '../alerts/life-row'
import { recordBreakGlass } from '../break-glass/record'
import { attestationOfRecord } from '../attestation/of-record'
import type { WorkstationRow } from '../attestation/sequence'
import type { Queries } from '../store/open'
import { instruction } from '../store/oversight-tables'
import { alert } from '../store/tables'
import type { Change } from '../stream/append'
import { confirmInstruction } from '../instructions/device'
import { signedInHere } from '../people/signed-in-here'
import { note } from './note'

/** What earlier records of the same run established. */
export interface RunState {
  readonly boot: string
  /** Who is signed in as of the record before; null when nobody. */
  readonly personId: string | null
}

export interface Applied {
  readonly state: RunState
  readonly changes: readonly Change[]
}

type Sender = SyncRequest['sender']

/** Draws from one stored record what supervisors see. Records of a run come here once each and in order. */
export async function applyRecord(
  tx: Queries,
  row: WorkstationRow,
  sender: Sender,
  state: RunState,
  entry: OutboxRecord,
  terms: () => Promise<Terms>,
  now: Date
): Promise<Applied> {
  const { body } = entry
  switch (body.kind) {
    case 'alert-raised':
      return { state, changes: await raise(tx, row, sender, state, entry.seq, body.alert, terms, now) }
    case 'alert-resumed':
      return { state, changes: await resume(tx, row, body.resume, now) }
    case 'alert-ended':
      return { state, changes: await end(tx, row, body.end, now) }
    case 'session': {
      if (body.change === 'signed-out') return { state: { ...state, personId: null }, changes: [] }
      const known = await signedInHere(tx, row, body.person)
      if (!known) await note(tx, row, { code: 'unknown-session', detail: body.person, count: 1 }, now)
      return { state: { ...state, personId: known ? body.person : null }, changes: [] }
    }
    case 'break-glass':
      await recordBreakGlass(tx, row, state.boot, body.change, now)
      return { state, changes: [] }
    case 'instruction':
      await confirmInstruction(tx, row, body.change, now)
      return { state, changes: [] }
    case 'event':
      await note(tx, row, body, now)
      return { state, changes: [] }
    case 'desk':
      return { state, changes: [] } // history only: the tile follows the snapshot that comes with the batch
    default:
      return assertNever(body)
  }
}

async function raise(
  tx: Queries,
  row: WorkstationRow,
  sender: Sender,
  { boot, personId }: RunState,
  seq: number,
  raised: Alert,
  terms: () => Promise<Terms>,
  now: Date
): Promise<readonly Change[]> {
  const stored = await tx
    .insert(alert)
    .values({
      id: raised.id,
      organisationId: row.organisationId,
      teamId: row.teamId,
      workstationId: row.id,
      personId,
      rule: raised.rule,
      severity: raised.severity,
      hidden: raised.hidden,
      response: raised.response ?? (raised.hidden ? 'blank' : 'warn'),
      score: raised.score,
      people: raised.people,
      model: raised.model,
      policyVersion: raised.policyVersion,
      build: sender.build,
      flavour: sender.flavour,
      keyClass: row.keyClass,
      timesToday: 1 + (await earlierToday(tx, row, personId, raised, now)),
      escalateAt: columnsOf(beginning(now.getTime(), raised.severity, await terms())).escalateAt,
      raisedAt: new Date(raised.raisedAt),
      receivedAt: now,
      attestationId: await attestationOfRecord(tx, row, boot, seq)
    })
    .onConflictDoNothing()
    .returning({ id: alert.id })
  if (stored.length === 1) {
    if (raised.rule === 'supervisor-lock') await knownToWhoLocked(tx, row, raised.id, now)
    return [{ kind: 'alert', subject: raised.id }]
  }
  await note(tx, row, { code: 'repeated-alert-id', detail: raised.id, count: 1 }, now)
  return []
}

/** A supervisor need not be called for what one of them just did. */
async function knownToWhoLocked(tx: Queries, row: WorkstationRow, id: string, now: Date): Promise<void> {
  const [asked] = await tx
    .select({ by: instruction.askedBy })
    .from(instruction)
    .where(and(eq(instruction.workstationId, row.id), eq(instruction.kind, 'lock')))
    .orderBy(desc(instruction.askedAt))
    .limit(1)
  if (asked === undefined) return
  await tx
    .update(alert)
    .set({ acknowledgedAt: now, acknowledgedBy: asked.by, escalateAt: null })
    .where(eq(alert.id, id))
}

/** How often this rule was raised since midnight UTC by the same person; by the same desk when nobody is signed in. */
async function earlierToday(
  tx: Queries,
  row: WorkstationRow,
  personId: string | null,
  raised: Alert,
  now: Date
): Promise<number> {
  const midnight = new Date(now)
  midnight.setUTCHours(0, 0, 0, 0)
  const whose =
    personId === null
      ? and(eq(alert.workstationId, row.id), isNull(alert.personId))
      : eq(alert.personId, personId)
  const found = await tx
    .select({ times: count() })
    .from(alert)
    .where(and(whose, eq(alert.rule, raised.rule), gte(alert.receivedAt, midnight)))
  return found[0]?.times ?? 0
}

/** What is back within the rule's cooldown is the same alert: open again, acknowledged or not. */
async function resume(
  tx: Queries,
  row: WorkstationRow,
  resumed: AlertResume,
  now: Date
): Promise<readonly Change[]> {
  const reopened = await tx
    .update(alert)
    .set({ endedAt: null, durationMs: null, times: resumed.count })
    .where(and(eq(alert.id, resumed.id), eq(alert.workstationId, row.id), isNotNull(alert.endedAt)))
    .returning({ id: alert.id })
  if (reopened.length === 1) return [{ kind: 'alert', subject: resumed.id }]
  await note(tx, row, { code: 'unknown-alert-resumed', detail: resumed.id, count: 1 }, now)
  return []
}

async function end(tx: Queries, row: WorkstationRow, ended: AlertEnd, now: Date): Promise<readonly Change[]> {
  const closed = await tx
    .update(alert)
    .set({
      endedAt: new Date(ended.endedAt),
      durationMs: ended.durationMs,
      times: sql`greatest(${alert.times}, ${ended.count ?? 1})`,
      score: sql`greatest(${alert.score}, ${ended.peakScore})`,
      people: sql`greatest(${alert.people}, ${ended.peakPeople})`
    })
    .where(and(eq(alert.id, ended.id), eq(alert.workstationId, row.id), isNull(alert.endedAt)))
    .returning({ id: alert.id })
  if (closed.length === 1) return [{ kind: 'alert', subject: ended.id }]
  await note(tx, row, { code: 'unknown-alert-ended', detail: ended.id, count: 1 }, now)
  return []
}
