import { join } from 'node:path'
import type { RecordBody } from '../../../contract/wire/v1/device'
import { ok, type Result } from '../../../core/result'
import { Backlog, type Pending } from './backlog'
import type { StoreProblem } from './database'
import { Outbox, type OpenReport } from './outbox'
import { Reserve } from './reserve'

/** What the recorder tells its owner. */
export interface RecorderEvents {
  recorded(handle: string, seq: number, body: RecordBody): void
  notRecorded(handle: string, problem: string): void
  /** The number of records on disk or in memory that the hub does not have. */
  waiting(count: number): void
}

export interface RecorderOptions {
  readonly folder: string
  readonly boot: string
  readonly sealing: Uint8Array
  /** Wall-clock label for the recorder's own events. */
  readonly now: () => string
  readonly monotonic: () => number
  readonly maxBacklogBytes?: number
  readonly retryMs?: number
}

const SETTLE_RETRY_MS = 1000
/** Handles of the recorder's own events: main never sees them. */
const OWN = ''

/**
 * Gets records onto the disk, whatever the disk does: full, it keeps them in memory and tries again; damaged, it has
 * the outbox mended and says so.
 */
export class Recorder {
  private outbox: Outbox | null = null
  private readonly backlog: Backlog
  private readonly reserve: Reserve
  private retry: NodeJS.Timeout | null = null
  private settling: NodeJS.Timeout | null = null
  private mending: Promise<Result<null, StoreProblem>> | null = null
  private closed = false

  constructor(
    private readonly options: RecorderOptions,
    private readonly events: RecorderEvents
  ) {
    this.backlog = new Backlog(options.maxBacklogBytes ?? 4 * 1024 * 1024)
    this.reserve = new Reserve(join(options.folder, 'outbox.reserve'))
  }

  /** Opens the file. A full disk is no refusal: records then wait in memory. */
  async open(): Promise<Result<null, StoreProblem>> {
    const opened = await this.tryOpen()
    if (!opened.ok && opened.error.kind !== 'full') return opened
    this.flush()
    return ok(null)
  }

  /** The open outbox, or null while the disk cannot take it. */
  get store(): Outbox | null {
    return this.mending === null ? this.outbox : null
  }

  /** Writes one record, or keeps it until it can be written. `recorded` or `notRecorded` follows before this returns. */
  record(record: Pending): void {
    const known = record.handle === OWN ? null : (this.store?.seqOf(record.handle) ?? null)
    if (known !== null) {
      this.events.recorded(record.handle, known, record.body) // main did not hear it before a crash
      return
    }
    this.backlog.add(record)
    const problem = this.flush()
    if (problem !== null) this.events.notRecorded(record.handle, problem.detail)
  }

  /** Call after the outbox reported damage: verifies and mends it. Records keep waiting in memory meanwhile. */
  async mend(): Promise<Result<null, StoreProblem>> {
    this.mending ??= this.mendNow().finally(() => {
      this.mending = null
      this.flush()
    })
    return this.mending
  }

  /** Records on disk and in memory that the hub does not have. */
  get waiting(): number {
    return (this.outbox?.waiting ?? 0) + this.backlog.size
  }

  async close(): Promise<void> {
    this.closed = true
    await this.mending
    this.flush()
    if (this.retry !== null) clearTimeout(this.retry)
    if (this.settling !== null) clearTimeout(this.settling)
    this.outbox?.close()
    this.outbox = null
  }

  private async mendNow(): Promise<Result<null, StoreProblem>> {
    if (this.outbox === null) return this.tryOpen()
    const report = await this.outbox.recover()
    if (!report.ok) {
      this.outbox = null
      return report
    }
    this.tell(report.value)
    return ok(null)
  }

  private async tryOpen(): Promise<Result<null, StoreProblem>> {
    const { folder, boot, sealing } = this.options
    let opened = await Outbox.open(folder, boot, sealing)
    if (!opened.ok && opened.error.kind === 'full' && this.reserve.release()) {
      opened = await Outbox.open(folder, boot, sealing)
    }
    if (!opened.ok) return opened
    this.outbox = opened.value.outbox
    this.reserve.hold()
    this.tell(opened.value.report)
    return ok(null)
  }

  private tell({ untold }: OpenReport): void {
    if (untold === 0) return
    const detail = 'the outbox was damaged and mended'
    const body: RecordBody = { kind: 'event', code: 'outbox-damaged', detail, count: untold }
    // Straight into the backlog: the owner flushes it next, behind the alerts that wait there.
    this.backlog.add({ handle: OWN, at: this.options.now(), monoMs: this.options.monotonic(), body })
  }

  /** Writes all that waits in memory. Returns the problem that stopped it, if one did. */
  private flush(): StoreProblem | null {
    const problem = this.write()
    this.events.waiting(this.waiting)
    if (problem === null) return null
    if (problem.kind === 'corrupt' && this.mending === null && !this.closed) void this.mend()
    else this.retryLater()
    return problem
  }

  private write(): StoreProblem | null {
    const outbox = this.store
    if (outbox === null)
      return this.backlog.size === 0 ? null : { kind: 'full', detail: 'the outbox is not open' }
    const written: { readonly pending: Pending; readonly seq: number }[] = []
    let problem: StoreProblem | null = null
    for (let next = this.backlog.peek(); next !== null; next = this.backlog.peek()) {
      const seq = this.append(outbox, next)
      if (!seq.ok) {
        problem = seq.error
        break
      }
      this.backlog.shift()
      written.push({ pending: next, seq: seq.value })
    }
    problem ??= this.tellDropped(outbox)
    if (written.length > 0) this.settle(outbox)
    for (const { pending, seq } of written) {
      if (pending.handle !== OWN) this.events.recorded(pending.handle, seq, pending.body)
    }
    return problem
  }

  private append(outbox: Outbox, { handle, ...record }: Pending): Result<number, StoreProblem> {
    const first = outbox.append(record, handle)
    if (first.ok || first.error.kind !== 'full' || !this.reserve.release()) return first
    return outbox.append(record, handle)
  }

  /** The commit is synced either way; until the log is moved a wrong bit in it could go unnoticed. */
  private settle(outbox: Outbox): void {
    if (outbox.settle().ok) this.reserve.hold()
    else this.settleLater()
  }

  /** A drop is itself a record, written as soon as there is room for it. */
  private tellDropped(outbox: Outbox): StoreProblem | null {
    const count = this.backlog.dropped
    if (count === 0) return null
    const detail = 'the disk was full for longer than memory could hold'
    const body: RecordBody = { kind: 'event', code: 'records-dropped', detail, count }
    const told = outbox.append({ at: this.options.now(), monoMs: this.options.monotonic(), body })
    if (!told.ok) return told.error
    this.backlog.toldDropped(count)
    return null
  }

  private retryLater(): void {
    if (this.retry !== null || this.closed) return
    this.retry = setTimeout(() => {
      this.retry = null
      if (this.outbox === null) void this.mend()
      else this.flush()
    }, this.options.retryMs ?? 1000)
  }

  private settleLater(): void {
    if (this.settling !== null || this.closed) return
    this.settling = setTimeout(() => {
      this.settling = null
      if (this.store !== null) this.settle(this.store)
    }, SETTLE_RETRY_MS)
  }
}
