export interface BackOffLimits {
  readonly firstMs: number
  readonly mostMs: number
  /** After this long without a fault the next wait is the first again. */
  readonly calmMs: number
}

/** Doubling waits between restarts. Time is monotonic milliseconds. */
export class BackOff {
  readonly #limits: BackOffLimits
  #next: number
  #lastFault = -Infinity

  constructor(limits: BackOffLimits) {
    this.#limits = limits
    this.#next = limits.firstMs
  }

  /** How long to wait after a fault at `now`. */
  after(now: number): number {
    if (now - this.#lastFault > this.#limits.calmMs) this.#next = this.#limits.firstMs
    this.#lastFault = now
    const wait = this.#next
    this.#next = Math.min(this.#limits.mostMs, wait * 2)
    return wait
  }
}
