import { seeTime, type SeenTime } from '../trust/seen-time'
import type { MonotonicMs } from '../time'

/** A stretch of time that was granted: from when on, and what both clocks said last. */
export interface Stretch {
  /** Milliseconds since 1970, by the latest time that was seen when it began. */
  readonly beganAt: number
  readonly lengthMs: number
  readonly seen: SeenTime
}

export const beginStretch = (lengthMs: number, wall: number, monotonic: MonotonicMs): Stretch => ({
  beganAt: wall,
  lengthMs,
  seen: { latest: wall, at: monotonic }
})

/**
 * Looks at both clocks. What passed is the more of the two: a wall clock that is set back does not lengthen the stretch,
 * and a machine that slept, whose monotonic clock may have stood still, has slept through it.
 */
export const lookAtStretch = (stretch: Stretch, wall: number, monotonic: MonotonicMs): Stretch => ({
  ...stretch,
  seen: seeTime(stretch.seen, wall, monotonic)
})

/** Milliseconds that are left, 0 when it is over. */
export const leftOf = ({ beganAt, lengthMs, seen }: Stretch): number =>
  Math.max(0, beganAt + lengthMs - seen.latest)
