import type { Truth } from '../../core/observation/camera-truth'

/** A share between 0 and 1, or that there is none, or that it can't be told. */
export type Evidence = number | 'clear' | 'unknown'

/** Longest time that is counted, milliseconds: a day. */
const mostMs = 86_400_000

/**
 * Turns evidence per frame into an answer that says since when. It holds once the evidence has lasted for `dwellMs`
 * milliseconds without a frame that speaks against it; until then it is `unknown`, because it may yet hold. A frame
 * that tells nothing ends no evidence and adds none.
 */
export const createHold = (dwellMs: number): ((evidence: Evidence, now: number) => Truth) => {
  let since: number | null = null
  return (evidence, now) => {
    if (evidence === 'unknown') return { state: 'unknown' }
    if (evidence === 'clear') {
      since = null
      return { state: 'clear' }
    }
    since ??= now
    const forMs = Math.min(mostMs, Math.max(0, now - since))
    if (forMs < dwellMs) return { state: 'unknown' }
    return { state: 'holds', score: Math.min(1, Math.max(0, evidence)), forMs }
  }
}

/** 0 at `none`, 1 at `all`, even in between. `none` may be the larger one. */
export const ramp = (value: number, none: number, all: number): number =>
  Math.min(1, Math.max(0, (value - none) / (all - none)))
