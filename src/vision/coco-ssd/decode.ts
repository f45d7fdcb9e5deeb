import type { Box } from '../detector'
import type { CocoSsdPlan } from './heads'

/** One anchor's box in shares of the picture. It may reach beyond the picture's edges, as the model's own does. */
export const boxOf = (plan: CocoSsdPlan, raw: Float32Array, anchor: number): Box => {
  const at = anchor * 4
  const read = (values: Float32Array, index: number): number => values[at + index] ?? 0
  const anchorHeight = read(plan.anchors, 2) - read(plan.anchors, 0)
  const anchorWidth = read(plan.anchors, 3) - read(plan.anchors, 1)
  const centreY = read(raw, 0) * plan.centreScale * anchorHeight + read(plan.anchors, 0) + anchorHeight / 2
  const centreX = read(raw, 1) * plan.centreScale * anchorWidth + read(plan.anchors, 1) + anchorWidth / 2
  const height = Math.exp(read(raw, 2) * plan.sizeScale) * anchorHeight
  const width = Math.exp(read(raw, 3) * plan.sizeScale) * anchorWidth
  return { x: centreX - width / 2, y: centreY - height / 2, width, height }
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
/** The inverse of `sigmoid`: what a score of `share` is before it. */
export const logit = (share: number): number => Math.log(share / (1 - share))

/** One candidate of one class, not yet freed of overlaps. */
export interface Candidate {
  readonly score: number
  readonly box: Box
}

/**
 * Reads one class from the joined outputs: its best score wherever it is, and the candidates at or above `floor`.
 * `column` is the class's place among the `columns` asked ones. Throws when an output is not a number:
 * a broken backend must not look like an empty room.
 */
export const readClass = (
  plan: CocoSsdPlan,
  raw: Float32Array,
  column: number,
  columns: number,
  floor: number
): { readonly best: number; readonly candidates: readonly Candidate[] } => {
  const anchors = plan.anchors.length / 4
  const least = logit(floor)
  const candidates: Candidate[] = []
  let best = -Infinity
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    const value = raw[anchors * 4 + anchor * columns + column] ?? NaN
    if (Number.isNaN(value)) throw new Error('The detector answered something that is not a number.')
    if (value > best) best = value
    if (value >= least) candidates.push({ score: sigmoid(value), box: boxOf(plan, raw, anchor) })
  }
  return { best: sigmoid(best), candidates }
}
