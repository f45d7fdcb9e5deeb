import { vi } from 'vitest'

interface Patience {
  readonly timeout?: number
  readonly interval?: number
}

/**
 * Waits for what must come at all: half a minute, unless told otherwise; milliseconds. Not for a promise of time: that has
 * its own limit, in a timed test or a bench.
 */
export const soon = <T>(check: () => T | Promise<T>, patience: Patience = {}): Promise<T> =>
  vi.waitFor(check, { timeout: 30_000, interval: 20, ...patience })
