import { randomUUID } from 'node:crypto'
import type { ToCourier } from '../../contract/helper/courier'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { Clock } from './clock'

type RecordMessage = Extract<ToCourier, { kind: 'record' }>

/** Beyond this many unwritten records new events are counted instead of kept; alerts are always kept. */
const MAX_EVENTS = 1000

/**
 * Hands records to the courier and keeps each until the courier says it is on disk. A courier that died gets them
 * again, in order; alerts carry their own id, so a second copy is known as one.
 */
export class Recorder {
  readonly #clock: Clock
  readonly #unwritten = new Map<string, RecordMessage>()
  #post: ((message: RecordMessage) => void) | null = null
  #dropped = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Gives back the handle under which `isWritten` can be asked. */
  record(body: RecordBody): string {
    if (body.kind === 'event' && this.#unwritten.size >= MAX_EVENTS) {
      this.#dropped += 1
      return randomUUID()
    }
    return this.#add(body)
  }

  #add(body: RecordBody): string {
    const handle = randomUUID()
    const now = this.#clock.now()
    const message: RecordMessage = { kind: 'record', handle, at: this.#clock.label(now), monoMs: now, body }
    this.#unwritten.set(handle, message)
    this.#post?.(message)
    return handle
  }

  /** Committed and synced to disk. */
  written(handle: string): void {
    this.#unwritten.delete(handle)
  }

  isWritten(handle: string): boolean {
    return !this.#unwritten.has(handle)
  }

  /** A courier is ready: it gets everything not yet written. */
  courierReady(post: (message: RecordMessage) => void): void {
    this.#post = post
    for (const message of this.#unwritten.values()) post(message)
    if (this.#dropped === 0) return
    const count = this.#dropped
    this.#dropped = 0
    this.#add({
      kind: 'event',
      code: 'records-dropped',
      detail: 'events, while nothing could be written',
      count
    })
  }

  courierGone(): void {
    this.#post = null
  }
}
