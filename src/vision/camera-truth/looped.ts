import { ramp, type Evidence } from './entry'
import type { Glimpse } from './glimpse'
import { createRecurrence } from './recurrence'
import { createRhythm } from './rhythm'

/** Motion whose strangeness is below this is a copy; other motion of a person was measured at 0.4 and above. */
export const copyBelow = 0.12
/** Without at least this much motion nothing can repeat, grey levels squared. */
const leastMotion = 0.02
/** How long the same period must be the best one, milliseconds. */
const steadyMs = 8_000
/** Periods this close are the same, milliseconds. */
const samePeriod = 200
/** A verdict stands this long after its newest proof, milliseconds. */
const lastsMs = 30_000

/**
 * A recording played over and over: pictures that come again to the last bit, or motion that comes again although noise
 * was laid over it. A reason to look closer, not a proof of intent.
 */
export const createLooped = (): ((glimpse: Glimpse | null, now: number) => Evidence) => {
  const recurrence = createRecurrence()
  const rhythm = createRhythm()
  let candidate: { readonly periodMs: number; readonly since: number } | null = null
  let proven: { readonly score: number; readonly at: number } | null = null
  return (glimpse, now) => {
    if (!glimpse) return 'unknown'
    const exact = recurrence(glimpse, now)
    if (exact.periodMs !== null) proven = { score: 0.9 + 0.1 * ramp(exact.matches, 3, 10), at: now }
    const { periodMs, strangeness, shortStrangeness, motion } = rhythm(glimpse, now)
    const copied =
      periodMs !== null &&
      motion >= leastMotion &&
      strangeness < copyBelow &&
      shortStrangeness > 3 * strangeness
    if (!copied) candidate = null
    else if (!candidate || Math.abs(candidate.periodMs - periodMs) > samePeriod)
      candidate = { periodMs, since: now }
    if (candidate && now - candidate.since >= steadyMs && (proven?.score ?? 0) < 0.9)
      proven = { score: 0.6 + 0.3 * ramp(strangeness, copyBelow, 0), at: now }
    if (proven && now - proven.at > lastsMs) proven = null
    return proven?.score ?? 'clear'
  }
}
