const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long after each failed try the next one comes, milliseconds. After the last one a message is dead. */
export const retryAfterMs: readonly number[] = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR
]

/** How long to wait after so many tries failed; null when that is enough. `chance` (0 to 1) spreads what failed at once. */
export function waitAfter(failures: number, chance: number): number | null {
  const base = retryAfterMs[failures - 1]
  return base === undefined ? null : Math.round(base * (1 + chance * 0.2))
}
