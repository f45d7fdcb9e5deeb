/** Longest list of different refusals kept between two reports; more are counted as `other`. */
const MAX_KEPT = 32

/**
 * Counts refusals and reports them at most once per period, so that a flood of calls is not a flood of records.
 * The first refusal after a quiet time is reported at once.
 */
export class RefusalCounter {
  readonly #counts = new Map<string, number>()
  readonly #report: (detail: string, count: number) => void
  readonly #later: (act: () => void) => void
  #waiting = false
  #total = 0

  constructor(report: (detail: string, count: number) => void, later: (act: () => void) => void) {
    this.#report = report
    this.#later = later
  }

  /** All refusals since the start. */
  get total(): number {
    return this.#total
  }

  count(call: string, reason: string): void {
    this.#total += 1
    const named = `${call}: ${reason}`.slice(0, 200)
    const key = this.#counts.has(named) || this.#counts.size < MAX_KEPT ? named : 'other'
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    if (this.#waiting) return
    this.#flush()
    this.#waiting = true
    this.#later(() => {
      this.#waiting = false
      this.#flush()
    })
  }

  #flush(): void {
    for (const [detail, count] of this.#counts) this.#report(detail, count)
    this.#counts.clear()
  }
}
