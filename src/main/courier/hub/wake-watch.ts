import { wakeReplySchema } from '../../../contract/wire/v1/device'
import type { Clock } from './clock'
import type { HubClient } from './hub-client'

export interface WakeWatchOptions {
  /** A client with a line of its own: it waits there while other requests go their way. */
  readonly client: HubClient
  readonly clock: Pick<Clock, 'monotonic'>
  /** The hub has something that should not wait, or will not have this device any more: ask now. */
  readonly woken: () => void
  /** The hub answers as no hub does. For the record. */
  readonly odd: (problem: string) => void
}

/** Longer than the hub keeps the line open. */
const LIMIT_MS = 45_000
const RETRY_MS = 5000
const REFUSED_RETRY_MS = 30_000
/** An older hub has no such address. */
const UNKNOWN_RETRY_MS = 600_000
/** A hub that answers sooner than this, again and again, is asked ever more slowly, up to the second. Milliseconds. */
const QUICK_MS = 1000
const QUICK_PAUSE_MS = { first: 50, most: 5000 }
/** So many quick answers in a row are what no hub has to tell. */
const ODD_QUICK = 6

/** Holds a line open on which the hub can wake this device at once, instead of waiting for its heartbeat. */
export class WakeWatch {
  #stopped = false
  #timer: NodeJS.Timeout | null = null
  #quick = 0
  readonly #abort = new AbortController()

  constructor(private readonly options: WakeWatchOptions) {}

  start(): void {
    void this.#wait()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#abort.abort()
    await this.options.client.close()
  }

  async #wait(): Promise<void> {
    const { client, clock, woken } = this.options
    const asked = clock.monotonic()
    const answer = await client.call({
      path: '/device/v1/wake',
      reply: wakeReplySchema,
      limitMs: LIMIT_MS,
      body: null,
      signal: this.#abort.signal
    })
    if (this.#stopped) return
    switch (answer.kind) {
      case 'unreachable':
        this.#again(RETRY_MS)
        return
      case 'refused':
        if (answer.error.code !== 'not-found') woken()
        this.#again(answer.error.code === 'not-found' ? UNKNOWN_RETRY_MS : REFUSED_RETRY_MS)
        return
      case 'ok':
        if (answer.value.wake) woken()
        this.#again(this.#pauseAfter(clock.monotonic() - asked))
    }
  }

  /** A line that is answered at once all the time would keep this process, and the key, busy with nothing. */
  #pauseAfter(waitedMs: number): number {
    this.#quick = waitedMs < QUICK_MS ? this.#quick + 1 : 0
    if (this.#quick === ODD_QUICK) this.options.odd('answers at once, again and again')
    if (this.#quick === 0) return 0
    return Math.min(QUICK_PAUSE_MS.most, QUICK_PAUSE_MS.first * 2 ** (this.#quick - 1))
  }

  #again(inMs: number): void {
    this.#timer = setTimeout(() => void this.#wait(), inMs)
  }
}
