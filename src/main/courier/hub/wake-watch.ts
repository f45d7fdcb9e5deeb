import { wakeReplySchema } from '../../../contract/wire/v1/device'
import type { HubClient } from './hub-client'

export interface WakeWatchOptions {
  /** A client with a line of its own: it waits there while other requests go their way. */
  readonly client: HubClient
  /** The hub has something that should not wait, or will not have this device any more: ask now. */
  readonly woken: () => void
}

/** Longer than the hub keeps the line open. */
const LIMIT_MS = 45_000
const RETRY_MS = 5000
const REFUSED_RETRY_MS = 30_000
/** An older hub has no such address. */
const UNKNOWN_RETRY_MS = 600_000

/** Holds a line open on which the hub can wake this device at once, instead of waiting for its heartbeat. */
export class WakeWatch {
  #stopped = false
  #timer: NodeJS.Timeout | null = null
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
    const { client, woken } = this.options
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
        this.#again(0)
    }
  }

  #again(inMs: number): void {
    this.#timer = setTimeout(() => void this.#wait(), inMs)
  }
}
