import type { Detection } from './detector'
import { containmentOf, keepBest, overlapOf } from './overlap'

/** Boxes that share more than this of their joined area are one person. */
const sameOverlap = 0.5
/** A box that lies this much within another is a part of that person: a face, an arm, a torso. */
const samePart = 0.85

/**
 * The people among what was found, surest first, so that one person is never two. Candidates are taken best first; one
 * that overlaps a better one by more than half, or that lies almost wholly within it (or it within the candidate), is the
 * same person. The price, said openly: somebody wholly inside the outline of a nearer person is not counted.
 */
export const peopleIn = (found: readonly Detection[], threshold: number): readonly Detection[] =>
  keepBest(
    found.filter(({ label, score }) => label === 'person' && score >= threshold),
    (kept, other) => overlapOf(kept, other) > sameOverlap || containmentOf(kept, other) > samePart
  )
