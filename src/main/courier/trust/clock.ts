import { seeTime, type SeenTime } from '../../../core/trust/seen-time'
import type { Clock } from '../hub/clock'

/** The latest time that this workstation ever saw: runs on with the monotonic clock, and never back with the wall's. */
export class TrustClock {
  #seen: SeenTime

  /** `kept` is what earlier runs saw, milliseconds since 1970. */
  constructor(
    private readonly clock: Clock,
    kept: number
  ) {
    this.#seen = { latest: kept, at: clock.monotonic() }
  }

  /** Milliseconds since 1970. */
  now(): number {
    this.#seen = seeTime(this.#seen, this.clock.wall(), this.clock.monotonic())
    return this.#seen.latest
  }
}
