import { ramp, type Evidence } from './entry'
import type { Glimpse } from './glimpse'

/** How long the same picture must come again and again, milliseconds. */
export const frozenMs = 2_000
/** From how many frames on. */
const fewest = 4
/** Share of the unclipped points that are the same to the last bit; noise leaves less than two thirds of them. */
const sameShare = 0.995
/** Points darker or brighter than this are clipped: they stay the same in a live picture too. */
const clipped = { low: 12, high: 243 } as const
/** Share of the points that must not be clipped, to tell anything. */
const leastUsable = 0.1

/** Share of unclipped points with the same value in both; null when too few are unclipped. */
export const samePoints = (a: Uint8Array, b: Uint8Array): number | null => {
  let usable = 0
  let same = 0
  for (let point = 0; point < a.length; point += 1) {
    const value = a[point] ?? 0
    if (value < clipped.low || value > clipped.high) continue
    usable += 1
    if (value === b[point]) same += 1
  }
  return usable < a.length * leastUsable ? null : same / usable
}

/**
 * A picture that stands still to the last bit while the time stamps run. A real sensor never gives two frames without a
 * difference: even before a motionless wall there is its noise.
 */
export const createFrozen = (): ((glimpse: Glimpse | null, now: number) => Evidence) => {
  let first: Glimpse | null = null
  let since = 0
  let frames = 0
  return (glimpse, now) => {
    if (!glimpse) return 'unknown'
    const same = first?.width === glimpse.width ? samePoints(first.points, glimpse.points) : 0
    if (same === null) return 'unknown'
    if (same < sameShare) {
      first = glimpse
      since = now
      frames = 1
      return 'clear'
    }
    frames += 1
    const lasted = now - since
    if (lasted < frozenMs || frames < fewest) return 'clear'
    return 0.8 + 0.2 * ramp(lasted, frozenMs, 3 * frozenMs)
  }
}
