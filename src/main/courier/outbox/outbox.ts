import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { join } from 'node:path'
import type { OutboxRecord, RecordBody } from '../../../contract/wire/v1/device'
import { err, ok, type Result } from '../../../core/result'
import { syncFolder } from '../durable-file'
import { deriveKey } from '../seal'
import { closeQuietly, commit, problemOf, type StoreProblem } from './database'
import { openVerified } from './open-verified'
import { MARK_SEQ, RECENT_HANDLES, openRecord, readRow, sealMark, sealRecord, type Mark } from './sealed-row'
import type { BootState } from './verify'

/** What a person could have lost, and was told instead. */
export interface OpenReport {
  /** Damage that must be told by an event of its own; replaced records tell of themselves. */
  readonly untold: number
  readonly replaced: number
}

/** Some records of one boot, in order. */
export interface Batch {
  readonly boot: string
  readonly records: readonly OutboxRecord[]
}

export interface NewRecord {
  readonly at: string
  readonly monoMs: number
  readonly body: RecordBody
}

const MAX_BATCH_BYTES = 128 * 1024
const REQUEST_BLOCK = 10_000
const freshMark: Mark = { ackBelow: 0, nextSeq: 0, requestCeiling: 0, recent: [] }

/**
 * The sealed outbox in one file: what is in it survives the process, the machine's power and a wrong bit,
 * or is reported as lost. One per data folder.
 */
export class Outbox {
  private readonly boots = new Map<string, { mark: Mark; doubtful: boolean }>()
  private requests = 0

  private constructor(
    private readonly path: string,
    readonly boot: string,
    private readonly key: Uint8Array,
    private database: DatabaseSyncInstance
  ) {}

  /** Opens or creates `outbox.sqlite` in the folder and verifies every row of it. */
  static async open(
    folder: string,
    boot: string,
    sealing: Uint8Array
  ): Promise<Result<{ readonly outbox: Outbox; readonly report: OpenReport }, StoreProblem>> {
    const path = join(folder, 'outbox.sqlite')
    const key = deriveKey(sealing, 'outbox')
    const opened = await openVerified(path, key, new Map())
    if (!opened.ok) return opened
    const outbox = new Outbox(path, boot, key, opened.value.database)
    try {
      outbox.adopt(opened.value.verified.boots)
      await syncFolder(folder)
      const { untold, replaced } = opened.value.verified
      return ok({ outbox, report: { untold, replaced } })
    } catch (error) {
      closeQuietly(opened.value.database)
      return err(problemOf(error))
    }
  }

  /** The sequence under which a record with this handle is on disk, when it is one of the newest; else null. */
  seqOf(handle: string): number | null {
    return this.ownMark().recent.find(([known]) => known === handle)?.[1] ?? null
  }

  /** Commits and syncs one record; its sequence when it is on disk. */
  append(record: NewRecord, handle = ''): Result<number, StoreProblem> {
    const before = this.ownMark()
    const seq = before.nextSeq
    const recent =
      handle === '' ? before.recent : [...before.recent, [handle, seq] as const].slice(-RECENT_HANDLES)
    const mark: Mark = { ...before, nextSeq: seq + 1, recent: recent.map(([name, at]) => [name, at]) }
    try {
      commit(this.database, () => {
        this.database
          .prepare('INSERT INTO record_v1 (boot, seq, sealed) VALUES (?, ?, ?)')
          .run(this.boot, seq, sealRecord(this.key, this.boot, { seq, ...record }))
        this.putMark(this.boot, mark)
      })
    } catch (error) {
      return err(problemOf(error))
    }
    this.boots.set(this.boot, { mark, doubtful: this.isDoubtful(this.boot) })
    return ok(seq)
  }

  /** The next records to send, of the earliest boot that has any; null when all is acknowledged. */
  nextBatch(limit: number): Result<Batch | null, StoreProblem> {
    for (const [boot, { mark }] of this.boots) {
      if (mark.ackBelow >= mark.nextSeq) continue
      try {
        return ok({ boot, records: this.read(boot, mark, limit) })
      } catch (error) {
        return err(problemOf(error))
      }
    }
    return ok(null)
  }

  /** The hub has stored everything of this boot below `below`: it is removed here. */
  acknowledge(boot: string, below: number): Result<null, StoreProblem> {
    const state = this.boots.get(boot)
    if (state === undefined) return ok(null)
    const ackBelow = Math.min(Math.max(state.mark.ackBelow, below), state.mark.nextSeq)
    const mark = { ...state.mark, ackBelow }
    // The hub's word counts even if the disk is full now: at worst these records are sent again and known there.
    const finished = boot !== this.boot && ackBelow >= mark.nextSeq
    if (finished) this.boots.delete(boot)
    else this.boots.set(boot, { mark, doubtful: false })
    try {
      commit(this.database, () => {
        this.database
          .prepare('DELETE FROM record_v1 WHERE boot = ? AND seq >= 0 AND seq < ?')
          .run(boot, ackBelow)
        if (finished) this.database.prepare('DELETE FROM record_v1 WHERE boot = ?').run(boot)
        else this.putMark(boot, mark)
      })
      return ok(null)
    } catch (error) {
      return err(problemOf(error))
    }
  }

  /**
   * Numbers what is not yet acknowledged of a boot anew, from the sequence the hub waits for. Needed when the damage
   * took the memory of which numbers were used.
   */
  renumber(boot: string, from: number): Result<null, StoreProblem> {
    const state = this.boots.get(boot)
    if (state === undefined) return ok(null)
    try {
      const { ackBelow, nextSeq } = state.mark
      const records = this.read(boot, state.mark, nextSeq - ackBelow, Number.POSITIVE_INFINITY)
      const mark = { ...state.mark, ackBelow: from, nextSeq: from + records.length }
      commit(this.database, () => {
        this.database.prepare('DELETE FROM record_v1 WHERE boot = ? AND seq >= 0').run(boot)
        const put = this.database.prepare('INSERT INTO record_v1 (boot, seq, sealed) VALUES (?, ?, ?)')
        for (const [index, record] of records.entries()) {
          const moved = { ...record, seq: from + index }
          put.run(boot, moved.seq, sealRecord(this.key, boot, moved))
        }
        this.putMark(boot, mark)
      })
      this.boots.set(boot, { mark, doubtful: false })
      return ok(null)
    } catch (error) {
      return err(problemOf(error))
    }
  }

  /** Replaces one record by another body under the same sequence: the hub will never take the first. */
  replace(boot: string, record: OutboxRecord): Result<null, StoreProblem> {
    try {
      commit(this.database, () => {
        this.database
          .prepare('UPDATE record_v1 SET sealed = ? WHERE boot = ? AND seq = ?')
          .run(sealRecord(this.key, boot, record), boot, record.seq)
      })
      return ok(null)
    } catch (error) {
      return err(problemOf(error))
    }
  }

  /** True until the hub has said what it has of a boot that was damaged here. */
  isDoubtful(boot: string): boolean {
    return this.boots.get(boot)?.doubtful ?? false
  }

  /** Everything of a boot below this is known to be at the hub. */
  ackBelowOf(boot: string): number {
    return this.boots.get(boot)?.mark.ackBelow ?? 0
  }

  /** The number that the next record of a boot would have; 0 for one that is not held. */
  endOf(boot: string): number {
    return this.boots.get(boot)?.mark.nextSeq ?? 0
  }

  /** Records on disk that the hub has not acknowledged. */
  get waiting(): number {
    let count = 0
    for (const { mark } of this.boots.values()) count += mark.nextSeq - mark.ackBelow
    return count
  }

  /** The number that the next record of this run will have. */
  get nextSeq(): number {
    return this.ownMark().nextSeq
  }

  /**
   * The next number in the order of requests, `atLeast` at least. Numbers are set aside in blocks, so that a crash
   * reuses none.
   */
  nextRequest(atLeast = 0): number {
    const mark = this.ownMark()
    this.requests = Math.max(this.requests, atLeast)
    if (this.requests >= mark.requestCeiling) this.reserveRequests(this.requests + REQUEST_BLOCK)
    this.requests += 1
    return this.requests - 1
  }

  /** Leaves a block of request numbers unused. */
  skipRequests(): void {
    this.requests += REQUEST_BLOCK
  }

  /**
   * Moves the log into the database and empties it. Only then does a wrong bit show: a damaged log would be read up to
   * the damage, and what it says of older states would win over the database.
   */
  settle(): Result<null, StoreProblem> {
    try {
      const moved: unknown = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
      const done = typeof moved === 'object' && moved !== null && 'busy' in moved && moved.busy === 0
      return done ? ok(null) : err({ kind: 'full', detail: 'the log could not be moved' })
    } catch (error) {
      return err(problemOf(error))
    }
  }

  /** After damage while running: verifies all, rebuilds if needed, and keeps what this process remembers. */
  async recover(): Promise<Result<OpenReport, StoreProblem>> {
    closeQuietly(this.database)
    const known = new Map([...this.boots].map(([boot, { mark }]) => [boot, mark]))
    const opened = await openVerified(this.path, this.key, known)
    if (!opened.ok) return opened
    this.database = opened.value.database
    this.boots.clear()
    try {
      this.adopt(opened.value.verified.boots)
    } catch (error) {
      return err(problemOf(error))
    }
    return ok(opened.value.verified)
  }

  close(): void {
    closeQuietly(this.database)
  }

  /** Takes over the runs that were found, and begins or continues this one. */
  private adopt(found: readonly BootState[]): void {
    commit(this.database, () => {
      for (const { boot, mark, doubtful } of found) {
        const finished = boot !== this.boot && mark.ackBelow >= mark.nextSeq
        if (finished) this.database.prepare('DELETE FROM record_v1 WHERE boot = ?').run(boot)
        else this.boots.set(boot, { mark, doubtful })
      }
      this.requests = Math.max(this.requests, this.ownMark().requestCeiling)
      const own = { ...this.ownMark(), requestCeiling: this.requests + REQUEST_BLOCK }
      this.putMark(this.boot, own)
      this.boots.set(this.boot, { mark: own, doubtful: this.isDoubtful(this.boot) })
    })
  }

  private read(boot: string, mark: Mark, limit: number, maxBytes = MAX_BATCH_BYTES): OutboxRecord[] {
    const rows = this.database
      .prepare('SELECT boot, seq, sealed FROM record_v1 WHERE boot = ? AND seq >= ? ORDER BY seq LIMIT ?')
      .all(boot, mark.ackBelow, limit)
    const records: OutboxRecord[] = []
    let bytes = 0
    for (const raw of rows) {
      const row = readRow(raw)
      const record = row === null ? null : openRecord(this.key, row)
      if (record?.seq !== mark.ackBelow + records.length) throw new Error('a row is not what was written')
      bytes += row?.sealed.length ?? 0
      if (records.length > 0 && bytes > maxBytes) break
      records.push(record)
    }
    if (records.length === 0) throw new Error('rows are missing')
    return records
  }

  private reserveRequests(requestCeiling: number): void {
    const mark = { ...this.ownMark(), requestCeiling }
    this.boots.set(this.boot, { mark, doubtful: this.isDoubtful(this.boot) })
    try {
      commit(this.database, () => {
        this.putMark(this.boot, mark)
      })
    } catch {
      return // a full disk: the next append writes the same mark
    }
  }

  private ownMark(): Mark {
    return this.boots.get(this.boot)?.mark ?? freshMark
  }

  private putMark(boot: string, mark: Mark): void {
    this.database
      .prepare(
        `INSERT INTO record_v1 (boot, seq, sealed) VALUES (?, ?, ?)
         ON CONFLICT (boot, seq) DO UPDATE SET sealed = excluded.sealed`
      )
      .run(boot, MARK_SEQ, sealMark(this.key, boot, mark))
  }
}
