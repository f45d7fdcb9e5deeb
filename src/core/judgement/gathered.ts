/** Longest time that one observation may vouch for, milliseconds: beyond it nobody was looking. */
export const LONGEST_STEP_MS = 500

/**
 * Evidence is forgotten at half the speed at which it is gathered. With looks that see by chance with probability p,
 * pairs of seeing looks come with p², pairs of blind ones with (1 - p)², so evidence grows where p² > (1 - p)² / 2: an
 * object that the detector finds in five looks of twelve or more is noticed, one it finds less often is not.
 */
const FORGETTING = 0.5

/**
 * Evidence for one rule that does not hold yet: a leaky integral over time, in milliseconds. It grows only between two
 * looks that both saw, so a look that stands alone adds nothing however sure it was; it stays between a look that saw
 * and one that did not, so that a missed look does not start everything anew; it shrinks between two that did not.
 */
export interface Gathered {
  readonly ms: number
  /** Monotonic instant of the first look that saw; null while there is no evidence. */
  readonly since: number | null
  /** What the newest look of its own said: 0 when it did not see, else how strongly (from 1). */
  readonly lastStrength: number
  /** Time vouched for since that look, milliseconds. */
  readonly waitedMs: number
}

export const nothingGathered: Gathered = { ms: 0, since: null, lastStrength: 0, waitedMs: 0 }

/** One observation, as far as one rule is concerned. */
export interface Glance {
  /** 0 when the look did not see, from 1 when it did; null when there was no answer. */
  readonly strength: number | null
  /** False when the answer only repeats the last look's. */
  readonly looked: boolean
  /** Milliseconds since the observation before, at most `LONGEST_STEP_MS`. */
  readonly stepMs: number
}

/**
 * Adds one observation. A missing answer adds no time and no evidence; neither does a repeated one, since it is no
 * second witness, but the time over which the picture stayed the same counts once the next look confirms it.
 */
export function gather(before: Gathered, { strength, looked, stepMs }: Glance, now: number): Gathered {
  if (strength === null) return before
  const waitedMs = before.waitedMs + stepMs
  if (!looked) return { ...before, waitedMs }
  const ms = evidenceAfter(before, strength, waitedMs)
  const since = strength > 0 ? (before.since ?? now) : ms > 0 ? before.since : null
  return { ms, since, lastStrength: strength, waitedMs: 0 }
}

/** As strong as the weaker of its two ends. */
function evidenceAfter(before: Gathered, strength: number, waitedMs: number): number {
  const { ms, lastStrength } = before
  if (strength > 0) return ms + waitedMs * Math.min(strength, lastStrength)
  return lastStrength > 0 ? ms : Math.max(0, ms - FORGETTING * waitedMs)
}
