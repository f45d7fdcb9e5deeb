import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import type { OutboxRecord } from '../../../contract/wire/v1/device'
import { commit } from './database'
import {
  MARK_SEQ,
  openMark,
  openRecord,
  readRow,
  sealMark,
  sealRecord,
  type Mark,
  type SealedRow
} from './sealed-row'

/** One run of the client that has rows in the outbox. */
export interface BootState {
  readonly boot: string
  readonly mark: Mark
  /** True when what the hub has of this boot must be asked before anything of it is sent. */
  readonly doubtful: boolean
}

export interface Verified {
  /** Earliest first. */
  readonly boots: readonly BootState[]
  /** Lost records that now have an `outbox-damaged` event in their place. */
  readonly replaced: number
  /** Damage that no replaced record tells of. */
  readonly untold: number
  /** True when rows exist and not one of them opens: another key, or nothing left. */
  readonly hopeless: boolean
}

interface Group {
  readonly boot: string
  mark: Mark | null
  readonly good: Set<number>
  bad: number
}

/**
 * Opens every row and compares each boot with its mark. A record that is damaged or gone is replaced, under its own
 * sequence, by an event that says so: the order stays whole and nothing is skipped in silence.
 * `known` is what this process remembers of the boots, when it has them open already. Throws what SQLite throws.
 */
export function verifyRows(
  database: DatabaseSyncInstance,
  key: Uint8Array,
  known: ReadonlyMap<string, Mark>,
  at: string
): Verified {
  const { groups, unreadable, rows } = readGroups(database, key)
  for (const [boot, mark] of known) {
    const group = groups.get(boot) ?? { boot, mark: null, good: new Set<number>(), bad: 0 }
    groups.set(boot, { ...group, mark: newer(group.mark, mark) })
  }
  const boots: BootState[] = []
  const repairs: { boot: string; seqs: number[]; mark: Mark }[] = []
  const orphans: string[] = []
  let replaced = 0
  let strays = unreadable
  let lostMarks = 0
  for (const group of groups.values()) {
    const mark = group.mark ?? markFrom(group.good)
    if (mark === null) {
      orphans.push(group.boot)
      strays += group.bad
      continue
    }
    if (group.mark === null) lostMarks += 1
    const seqs = missing(mark, group.good)
    replaced += seqs.length
    strays += Math.max(0, group.bad - seqs.length)
    const altered = seqs.length > 0 || group.mark === null
    if (altered) repairs.push({ boot: group.boot, seqs, mark })
    boots.push({ boot: group.boot, mark, doubtful: altered })
  }
  const hopeless = rows > 0 && boots.length === 0
  if (!hopeless && (repairs.length > 0 || orphans.length > 0 || unreadable > 0)) {
    repair(database, key, repairs, orphans, at)
  }
  return { boots, replaced, untold: lostMarks + Math.max(0, strays - replaced), hopeless }
}

function readGroups(
  database: DatabaseSyncInstance,
  key: Uint8Array
): { groups: Map<string, Group>; unreadable: number; rows: number } {
  const groups = new Map<string, Group>()
  let unreadable = 0
  let rows = 0
  const all = database.prepare('SELECT boot, seq, sealed FROM record_v1 NOT INDEXED ORDER BY id')
  for (const raw of all.iterate()) {
    rows += 1
    const row = readRow(raw)
    if (row === null) {
      unreadable += 1
      continue
    }
    const group = groups.get(row.boot) ?? { boot: row.boot, mark: null, good: new Set<number>(), bad: 0 }
    groups.set(row.boot, group)
    sortInto(group, row, key)
  }
  return { groups, unreadable, rows }
}

function sortInto(group: Group, row: SealedRow, key: Uint8Array): void {
  if (row.seq === MARK_SEQ) {
    group.mark = openMark(key, row)
    if (group.mark === null) group.bad += 1
  } else if (openRecord(key, row) === null) group.bad += 1
  else group.good.add(row.seq)
}

/** Both marks are authentic: whichever counts further has seen more. */
function newer(found: Mark | null, known: Mark): Mark {
  if (found === null) return known
  return {
    ackBelow: Math.max(found.ackBelow, known.ackBelow),
    nextSeq: Math.max(found.nextSeq, known.nextSeq),
    requestCeiling: Math.max(found.requestCeiling, known.requestCeiling),
    recent: known.recent.length > 0 ? known.recent : found.recent
  }
}

function markFrom(good: ReadonlySet<number>): Mark | null {
  if (good.size === 0) return null
  const seqs = [...good]
  return {
    ackBelow: Math.min(...seqs),
    nextSeq: Math.max(...seqs) + 1,
    requestCeiling: 0,
    recent: []
  }
}

function missing(mark: Mark, good: ReadonlySet<number>): number[] {
  const seqs: number[] = []
  for (let seq = mark.ackBelow; seq < mark.nextSeq; seq += 1) if (!good.has(seq)) seqs.push(seq)
  return seqs
}

function repair(
  database: DatabaseSyncInstance,
  key: Uint8Array,
  repairs: readonly { boot: string; seqs: readonly number[]; mark: Mark }[],
  orphans: readonly string[],
  at: string
): void {
  // An update keeps the row's place: earlier boots stay the earlier ones.
  const put = database.prepare(`INSERT INTO record_v1 (boot, seq, sealed) VALUES (?, ?, ?)
    ON CONFLICT (boot, seq) DO UPDATE SET sealed = excluded.sealed`)
  commit(database, () => {
    database.exec("DELETE FROM record_v1 WHERE typeof(boot) <> 'text' OR typeof(seq) <> 'integer'")
    for (const boot of orphans) database.prepare('DELETE FROM record_v1 WHERE boot = ?').run(boot)
    for (const { boot, seqs, mark } of repairs) {
      database
        .prepare('DELETE FROM record_v1 WHERE boot = ? AND (seq >= ? OR (seq >= 0 AND seq < ?))')
        .run(boot, mark.nextSeq, mark.ackBelow)
      for (const seq of seqs) put.run(boot, seq, sealRecord(key, boot, lostRecord(seq, at)))
      put.run(boot, MARK_SEQ, sealMark(key, boot, mark))
    }
  })
}

/** Stands where a record was lost. */
function lostRecord(seq: number, at: string): OutboxRecord {
  const detail = 'a record could not be read'
  return { seq, at, monoMs: 0, body: { kind: 'event', code: 'outbox-damaged', detail, count: 1 } }
}
