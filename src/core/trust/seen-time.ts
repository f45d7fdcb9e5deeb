import type { MonotonicMs } from '../time'

/**
 * The latest time that was ever seen, and when on the monotonic clock. A wall clock that goes back is not followed: time
 * runs on from where it was, so that nothing that expired is good again.
 */
export interface SeenTime {
  /** Milliseconds since 1970. */
  readonly latest: number
  readonly at: MonotonicMs
}

/** Looks at both clocks. Before the first look, `latest` is what was kept from earlier runs. */
export const seeTime = (seen: SeenTime, wall: number, monotonic: MonotonicMs): SeenTime => ({
  latest: Math.max(seen.latest + Math.max(0, monotonic - seen.at), wall),
  at: monotonic
})
