/** Time as the courier needs it; replaced in tests. */
export interface Clock {
  /** Milliseconds, only differences mean anything. */
  readonly monotonic: () => number
  /** Milliseconds since 1970 by this machine's wall clock, which may be wrong. */
  readonly wall: () => number
}

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() }
