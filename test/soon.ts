import { vi } from 'vitest'

/** Waits for what must come at all, up to half a minute; what must come in time is held to its own limit by the benches. */
export const soon = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 30_000, interval: 20 })
