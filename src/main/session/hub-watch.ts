import { seeTime, type SeenTime } from '../../core/trust/seen-time'
import type { MonotonicMs } from '../../core/time'

export interface HubWatchOptions {
  /** The policy's grace, milliseconds; null while there is no policy. */
  readonly graceMs: () => number | null
  readonly now: () => MonotonicMs
  /** Milliseconds since 1970. Time that the computer slept through counts, and the other clock may have stood still then. */
  readonly wall: () => number
  readonly over: () => void
  readonly back: () => void
}

/** Tells when the hub has been away for longer than the policy's grace. Call `look` now and then. */
export class HubWatch {
  readonly #options: HubWatchOptions
  #seen: SeenTime | null = null
  #awaySince: number | null = null
  #told = false

  constructor(options: HubWatchOptions) {
    this.#options = options
  }

  /** The hub is away, and has been for at least so long, milliseconds. */
  unreachable(forMs = 0): void {
    const since = this.#time() - forMs
    this.#awaySince = this.#awaySince === null ? since : Math.min(this.#awaySince, since)
  }

  reachable(): void {
    this.#awaySince = null
    if (!this.#told) return
    this.#told = false
    this.#options.back()
  }

  /** What passed is the more of two clocks: setting the wall clock back wins nobody time, sleeping neither. */
  #time(): number {
    const { now, wall } = this.#options
    this.#seen = this.#seen === null ? { latest: wall(), at: now() } : seeTime(this.#seen, wall(), now())
    return this.#seen.latest
  }

  look(): void {
    const grace = this.#options.graceMs()
    if (this.#told || this.#awaySince === null || grace === null) return
    if (this.#time() - this.#awaySince <= grace) return
    this.#told = true
    this.#options.over()
  }
}
