/** One picture: whether the thing is there, and how sure somebody is that it is (0: saw nothing of it). */
export interface Ranked {
  readonly truth: boolean
  readonly score: number
}

/** What a threshold of `threshold` would give. */
export interface CurvePoint {
  readonly threshold: number
  readonly precision: number
  readonly recall: number
}

/** Places of the pictures by falling score; those with score 0 are left out: nobody would ever report them. */
export const byScore = (pictures: readonly Ranked[]): readonly number[] =>
  pictures
    .map((_, at) => at)
    .filter((at) => (pictures[at]?.score ?? 0) > 0)
    .sort((a, b) => (pictures[b]?.score ?? 0) - (pictures[a]?.score ?? 0))

type Visit = (precision: number, recall: number, threshold: number) => void

/**
 * Walks down the scores; pictures of one score are taken together, since no threshold parts them. `weights` counts a
 * picture several times (or not at all); null when nothing is there to be found.
 */
const walk = (
  pictures: readonly Ranked[],
  order: readonly number[],
  weights: Uint16Array | null,
  visit: Visit
): boolean => {
  const weightOf = (at: number): number => weights?.[at] ?? 1
  let there = 0
  pictures.forEach(({ truth }, at) => {
    if (truth) there += weightOf(at)
  })
  if (there === 0) return false
  let [hits, said] = [0, 0]
  order.forEach((at, rank) => {
    const picture = pictures[at]
    if (!picture) return
    said += weightOf(at)
    if (picture.truth) hits += weightOf(at)
    const below = pictures[order[rank + 1] ?? -1]
    if (below?.score === picture.score || said === 0) return
    visit(hits / said, hits / there, picture.score)
  })
  return true
}

/** Precision and recall at every threshold that changes anything, highest first; empty when nothing is there. */
export const curveOf = (pictures: readonly Ranked[]): readonly CurvePoint[] => {
  const points: CurvePoint[] = []
  walk(pictures, byScore(pictures), null, (precision, recall, threshold) =>
    points.push({ threshold, precision, recall })
  )
  return points
}

/**
 * Average precision as detection challenges take it (PASCAL VOC 2010, COCO): the area under the curve in which each
 * recall has the best precision that is to be had at it or beyond; 0 to 1. What nobody saw at any threshold adds
 * nothing. Null when there is nothing to find.
 */
export const averagePrecision = (
  pictures: readonly Ranked[],
  order: readonly number[] = byScore(pictures),
  weights: Uint16Array | null = null
): number | null => {
  const points: (readonly [precision: number, recall: number])[] = []
  const defined = walk(pictures, order, weights, (precision, recall) => points.push([precision, recall]))
  if (!defined) return null
  let [sum, best] = [0, 0]
  for (let at = points.length - 1; at >= 0; at -= 1) {
    const [precision, recall] = points[at] ?? [0, 0]
    best = Math.max(best, precision)
    sum += best * (recall - (points[at - 1]?.[1] ?? 0))
  }
  return Math.min(1, sum)
}
