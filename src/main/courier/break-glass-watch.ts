import {
  BREAK_GLASS_PATH,
  breakGlassReplySchema,
  type BreakGlassAnswer
} from '../../contract/wire/v1/break-glass'
import type { HubClient } from './hub/hub-client'

export interface BreakGlassWatchOptions {
  readonly client: Pick<HubClient, 'call'>
  /** What became of this desk's requests, by the hub's word. Main checks each grant. */
  readonly said: (answers: readonly BreakGlassAnswer[]) => void
}

const LIMIT_MS = 3000

/**
 * Asks the hub what became of a request of break-glass, while this desk has one: when it was woken, and with each
 * heartbeat. A hub that is away, or from before break-glass, leaves it unanswered.
 */
export class BreakGlassWatch {
  #waiting = false
  #running = false
  #again = false
  #abort = new AbortController()

  constructor(private readonly options: BreakGlassWatchOptions) {}

  /** Whether this desk has a request that is not over. */
  setWaiting(waiting: boolean): void {
    this.#waiting = waiting
  }

  /** Asks now; asked while a question is under way, once more after it. */
  ask(): void {
    if (!this.#waiting) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    void this.#ask().finally(() => {
      this.#running = false
      if (!this.#again) return
      this.#again = false
      this.ask()
    })
  }

  /** Something is to be told now: it does not wait behind a question. */
  giveWay(): void {
    if (this.#running) this.#abort.abort()
  }

  async #ask(): Promise<void> {
    this.#abort = new AbortController()
    const answer = await this.options.client.call({
      path: BREAK_GLASS_PATH,
      reply: breakGlassReplySchema,
      limitMs: LIMIT_MS,
      body: null,
      signal: this.#abort.signal
    })
    if (answer.kind === 'ok' && answer.value.answers.length > 0) this.options.said(answer.value.answers)
  }
}
