import type { MonotonicMs } from '../../core/time'

export interface GuardWatchOptions {
  readonly limitMs: number
  readonly now: () => MonotonicMs
  readonly end: () => void
}

/** Ends the client once the beats stop. Call `look` several times a second. */
export class GuardWatch {
  readonly #options: GuardWatchOptions
  #lastBeat: MonotonicMs
  #lastLook: MonotonicMs
  #standing = true

  constructor(options: GuardWatchOptions) {
    this.#options = options
    this.#lastBeat = options.now()
    this.#lastLook = this.#lastBeat
  }

  beat(): void {
    this.#lastBeat = this.#options.now()
  }

  standDown(): void {
    this.#standing = false
  }

  look(): void {
    if (!this.#standing) return
    const now = this.#options.now()
    // When the guard itself was held up (a sleeping machine), beats wait to be read: they are read before the next look.
    const heldUp = now - this.#lastLook > this.#options.limitMs / 2
    this.#lastLook = now
    if (heldUp) this.#lastBeat = Math.max(this.#lastBeat, now - this.#options.limitMs / 2)
    if (now - this.#lastBeat > this.#options.limitMs) this.#options.end()
  }
}
