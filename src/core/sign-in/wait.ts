/** How wrong tries to sign in make the next one wait. Pure; times are milliseconds. */

/**
 * Wrong tries in a row that cost nothing: people mistype, and try the password of another place. With the longest wait
 * below, a stranger has at most about a hundred tries a day, the number that NIST SP 800-63B section 5.2.2 allows in all.
 */
export const FREE_TRIES = 5
const FIRST_WAIT_MS = 60_000
/** The longest wait: nobody is shut out for good by somebody who tries their account. */
export const LONGEST_WAIT_MS = 15 * 60_000
/** After so long without a wrong try they are forgotten. */
export const FORGET_MS = 24 * 3_600_000

/** Wrong tries of late; `null` where there are none. */
export interface Tries {
  readonly failures: number
  readonly lastAt: number
  readonly until: number
}

const waitAfter = (failures: number): number =>
  failures < FREE_TRIES
    ? 0
    : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_TRIES, 20))

/** How long the next try has to wait; 0 when it may be made now. */
export const waitOf = (tries: Tries | null, now: number): number =>
  tries === null ? 0 : Math.max(0, tries.until - now)

/** What is known after one more wrong try. */
export function afterFailure(tries: Tries | null, now: number): Tries {
  const before = tries === null || now - tries.lastAt > FORGET_MS ? 0 : tries.failures
  const failures = before + 1
  return { failures, lastAt: now, until: now + waitAfter(failures) }
}
