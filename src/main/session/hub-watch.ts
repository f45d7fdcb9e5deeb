import type { MonotonicMs } from '../../core/time'

export interface HubWatchOptions {
  /** The policy's grace, milliseconds; null while there is no policy. */
  readonly graceMs: () => number | null
  readonly now: () => MonotonicMs
  readonly over: () => void
  readonly back: () => void
}

/** Tells when the hub has been away for longer than the policy's grace. Call `look` now and then. */
export class HubWatch {
  readonly #options: HubWatchOptions
  #awaySince: MonotonicMs | null = null
  #told = false

  constructor(options: HubWatchOptions) {
    this.#options = options
  }

  /** The hub is away, and has been for at least so long, milliseconds. */
  unreachable(forMs = 0): void {
    const since = this.#options.now() - forMs
    this.#awaySince = this.#awaySince === null ? since : Math.min(this.#awaySince, since)
  }

  reachable(): void {
    this.#awaySince = null
    if (!this.#told) return
    this.#told = false
    this.#options.back()
  }

  look(): void {
    const grace = this.#options.graceMs()
    if (this.#told || this.#awaySince === null || grace === null) return
    if (this.#options.now() - this.#awaySince <= grace) return
    this.#told = true
    this.#options.over()
  }
}
