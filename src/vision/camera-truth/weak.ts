import { ramp, type Evidence } from './entry'
import type { Seen } from './facts'

/** Steps between frames of this long are looked at, milliseconds. */
const windowMs = 6_000
/** From how many steps on a rate is known. */
const fewestSteps = 2
/** A camera may miss its rate by this share before it counts: clocks and rounding. */
const tolerance = 0.93
/** A frame size that changes this often within ten seconds is not a picture to rely on. */
const mostChanges = 3
const changesWithinMs = 10_000

/** The camera's rate from the steps between frames that followed each other; null while too few did. */
const createRate = () => {
  let steps: { readonly at: number; readonly ms: number }[] = []
  let before: number | null = null
  return (stampMs: number, awaited: boolean, now: number): number | null => {
    const ms = before === null ? 0 : stampMs - before
    before = stampMs
    if (awaited && ms > 0) steps.push({ at: now, ms })
    steps = steps.filter(({ at }) => now - at <= windowMs)
    if (steps.length < fewestSteps) return null
    const middle = [...steps].sort((a, b) => a.ms - b.ms)[Math.floor(steps.length / 2)]?.ms ?? 0
    return middle > 0 ? 1000 / middle : null
  }
}

/**
 * Below the policy's resolution or rate. The rate is what the runtime counted; where it doesn't count, it is what the
 * time stamps of frames say that were waited for (a reader slower than its camera can't tell, so the rate is unknown).
 * A frame without an area, or a size that keeps changing, is weak too.
 */
export const createWeak = (): ((seen: Seen) => Evidence) => {
  const rate = createRate()
  let size: string | null = null
  let changes: number[] = []
  return ({ glimpse, facts: { capturedAt: now, stampMs, awaited, limits, track } }) => {
    const read = rate(stampMs, awaited, now)
    if (!glimpse) return 1
    const { width, height } = glimpse
    if (size !== null && size !== `${width}x${height}`) changes.push(now)
    size = `${width}x${height}`
    changes = changes.filter((at) => now - at <= changesWithinMs)
    if (changes.length >= mostChanges) return 1
    const small = Math.min(width / limits.minWidth, height / limits.minHeight)
    if (small < 1) return 0.6 + 0.4 * ramp(small, 1, 0.25)
    const fps = track?.deliveredFps ?? read
    if (fps === null) return 'unknown'
    return fps < limits.minFps * tolerance ? 0.6 + 0.4 * ramp(fps / limits.minFps, 1, 0.25) : 'clear'
  }
}
