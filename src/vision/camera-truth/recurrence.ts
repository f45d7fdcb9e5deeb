import type { Glimpse } from './glimpse'

/** How many frames are remembered: an hour at ten a second. */
const memory = 36_000
/** Matches whose distance in time differs by no more than this belong to the same period, milliseconds. */
const samePeriod = 60
/** How many different pictures must come again at the same distance. */
const needed = 3
/** Matches older than this no longer count, milliseconds. */
const windowMs = 20_000
/** A picture that comes again sooner than this stands still; that is another verdict. */
const shortest = 800

export interface Recurrence {
  /** The period with which pictures come again to the last bit, milliseconds; null when they do not. */
  periodMs: number | null
  /** Different pictures that came again with that period lately. */
  matches: number
}

interface Match {
  readonly print: number
  readonly at: number
  readonly lag: number
}

/** Finds pictures that come again to the last bit after a fixed time. */
export const createRecurrence = (): ((glimpse: Glimpse, now: number) => Recurrence) => {
  /** When each picture was seen last. A Map keeps the order in which they were put in, so the oldest is first. */
  const seen = new Map<number, number>()
  let matches: Match[] = []
  return ({ print }, now) => {
    const before = seen.get(print)
    seen.delete(print)
    seen.set(print, now)
    if (seen.size > memory) {
      const [oldest] = seen.keys()
      if (oldest !== undefined) seen.delete(oldest)
    }
    if (before !== undefined && now - before >= shortest) matches.push({ print, at: now, lag: now - before })
    matches = matches.filter(({ at }) => now - at <= windowMs)
    let best: Recurrence = { periodMs: null, matches: 0 }
    for (const { lag } of matches) {
      const alike = new Set(
        matches.filter((other) => Math.abs(other.lag - lag) <= samePeriod).map((other) => other.print)
      )
      if (alike.size > best.matches)
        best = { periodMs: alike.size >= needed ? lag : null, matches: alike.size }
    }
    return best
  }
}
