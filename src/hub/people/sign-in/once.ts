import { randomBytes } from 'node:crypto'

/** Things that somebody gets a name for, and that are good once and not for long. The hub keeps them in its memory. */
export interface Once<T> {
  /** Keeps a value; under a name of 256 random bits unless one is given. */
  put(value: T, now: Date, name?: string): string
  /** Looks without using it up. */
  peek(name: string, now: Date): T | null
  /** Gives it away: whoever asks second gets nothing. */
  take(name: string, now: Date): T | null
}

/** `max` bounds what is kept; beyond it the oldest goes, and its owner begins again. */
export function createOnce<T>({
  lifetimeMs,
  max
}: {
  readonly lifetimeMs: number
  readonly max: number
}): Once<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>()
  const peek = (name: string, now: Date): T | null => {
    const found = kept.get(name)
    return found === undefined || found.until < now.getTime() ? null : found.value
  }
  return {
    put: (value, now, name = randomBytes(32).toString('base64url')) => {
      for (const [other, { until }] of kept) {
        if (until >= now.getTime() && kept.size < max) break // in the order in which they came: the rest is younger
        kept.delete(other)
      }
      kept.set(name, { value, until: now.getTime() + lifetimeMs })
      return name
    },
    peek,
    take: (name, now) => {
      const value = peek(name, now)
      kept.delete(name)
      return value
    }
  }
}
