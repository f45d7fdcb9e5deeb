/** A token bucket: `burst` calls at once, `perSecond` over time. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** People click; only the sensor speaks often, about once per processed frame. */
export const DEFAULT_RATE: Rate = { perSecond: 20, burst: 40 }
export const RATES: Readonly<Record<string, Rate>> = {
  'sensor.observe': { perSecond: 60, burst: 90 },
  'shell.stripHeight': { perSecond: 60, burst: 120 },
  'shell.signIn': { perSecond: 1, burst: 5 }
}

/** Counts calls per window and call. `now` is monotonic, milliseconds. */
export class Budget {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Takes one call from the sender's budget; false when it is spent. */
  take(sender: number, call: string): boolean {
    const rate = RATES[call] ?? DEFAULT_RATE
    const now = this.#now()
    const key = `${String(sender)} ${call}`
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, at: now }
    const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond)
    const allowed = tokens >= 1
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now })
    return allowed
  }
}
