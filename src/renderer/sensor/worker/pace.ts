/** Frames are read at most this often, milliseconds apart: ten a second answer soon enough and leave a core its air. */
export const leastGapMs = 100
/** While something is unsettled the next frame comes sooner, milliseconds apart. */
const eagerGapMs = 40
/** Where a look takes longer than that, this share of it is left to the rest of the computer all the same. */
const restShare = 0.15

/** How long to wait after a frame that took `tookMs`, before the next one, milliseconds. */
export const restAfter = (tookMs: number, eager: boolean): number =>
  eager
    ? Math.max(eagerGapMs - tookMs, tookMs * (restShare / 2), 0)
    : Math.max(leastGapMs - tookMs, tookMs * restShare, 0)
