import type { RecordBody } from '../../../contract/wire/v1/device'
import type { NewRecord } from './outbox'

/** A record that is not on disk yet. */
export interface Pending extends NewRecord {
  readonly handle: string
}

/** Which is kept when memory is short: alerts and sessions, then events, then what the desk was. */
type Rank = 0 | 1 | 2
const rankOf: Readonly<Record<RecordBody['kind'], Rank>> = {
  'alert-raised': 0,
  'alert-resumed': 0,
  'alert-ended': 0,
  session: 0,
  'break-glass': 0,
  instruction: 0,
  event: 1,
  desk: 2
}

/**
 * Records that wait in memory for the disk: alerts first, each kind in its order, bounded by bytes.
 * What does not fit is dropped from the least important end and counted.
 */
export class Backlog {
  private readonly ranks: readonly [Pending[], Pending[], Pending[]] = [[], [], []]
  private bytes = 0
  private droppedCount = 0

  constructor(private readonly maxBytes: number) {}

  add(record: Pending): void {
    this.ranks[rankOf[record.body.kind]].push(record)
    this.bytes += sizeOf(record)
    while (this.bytes > this.maxBytes && this.dropOne()) this.droppedCount += 1
  }

  /** The record to write next, which stays until `shift`. */
  peek(): Pending | null {
    for (const queue of this.ranks) if (queue[0] !== undefined) return queue[0]
    return null
  }

  shift(): void {
    for (const queue of this.ranks) {
      const first = queue.shift()
      if (first === undefined) continue
      this.bytes -= sizeOf(first)
      return
    }
  }

  get size(): number {
    return this.ranks.reduce((sum, queue) => sum + queue.length, 0)
  }

  /** How many were dropped since this was last told. */
  get dropped(): number {
    return this.droppedCount
  }

  toldDropped(count: number): void {
    this.droppedCount -= count
  }

  /** The oldest of the least important kind: the newest say more about now. */
  private dropOne(): boolean {
    for (const queue of [...this.ranks].reverse()) {
      const victim = queue.shift()
      if (victim === undefined) continue
      this.bytes -= sizeOf(victim)
      return true
    }
    return false
  }
}

const sizeOf = (record: Pending): number => Buffer.byteLength(JSON.stringify(record))
