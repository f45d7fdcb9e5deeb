import type { MonotonicMs, WallClock } from '../../core/time'

/** The main process's clocks. Decisions use `now`; `label` is for people. */
export interface Clock {
  readonly now: () => MonotonicMs
  /** The wall clock at a monotonic instant. */
  readonly label: (instant: MonotonicMs) => WallClock
}

export const systemClock: Clock = {
  now: () => performance.now(),
  label: (instant) => new Date(Date.now() - (performance.now() - instant)).toISOString()
}
