/** Looks start at most this often, milliseconds apart: ten a second answer soon enough and leave a core its air. */
export const leastGapMs = 100
/** Where a look takes longer than that, this share of it is left to the rest of the computer all the same. */
const restShare = 0.15

/** How long to wait after a look that took `lookMs`, before the next one, milliseconds. */
export const restAfter = (lookMs: number): number => Math.max(leastGapMs - lookMs, lookMs * restShare, 0)
