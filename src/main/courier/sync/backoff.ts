const FIRST_MS = 200
/** Short, since an alert that waits for the hub should reach it soon after it is back. */
const CAP_MS = 5000

/**
 * How long to wait after the n-th failure in a row, milliseconds: exponential with full jitter, so that desks that lost
 * the hub together do not come back together. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, capMs = CAP_MS): number {
  const ceiling = Math.min(capMs, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(ceiling * random)
}
