export interface BudgetOptions {
  /** Share of one core that looks may take in the long run, 0 to 1. */
  readonly share: number
  /** How much looking may be saved up while nothing happens, milliseconds of work: spent when something appears. */
  readonly savedMs: number
}

/**
 * Keeps looks within a share of one core: idle time is saved up to a limit, and every look is paid with the time it
 * took. Time is passed in, so that the same looks at the same instants give the same answers.
 */
export class LookBudget {
  readonly #savable: number
  #share: number
  #savedMs: number
  #at: number | null = null

  constructor(options: BudgetOptions) {
    this.#savable = options.savedMs
    this.#share = options.share
    this.#savedMs = options.savedMs
  }

  /** Another share from the last reading on; what is saved stays. */
  set share(share: number) {
    this.#share = share
  }

  #earn(now: number): void {
    const passed = this.#at === null ? 0 : Math.max(0, now - this.#at)
    this.#at = now
    this.#savedMs = Math.min(this.#savable, this.#savedMs + passed * this.#share)
  }

  /** Work that may be spent now, milliseconds; negative after an overdraft. */
  savedAt(now: number): number {
    this.#earn(now)
    return this.#savedMs
  }

  /** A look that ended at `now` took `ms`. */
  spend(now: number, ms: number): void {
    this.#earn(now)
    this.#savedMs -= Math.max(0, ms)
  }
}
