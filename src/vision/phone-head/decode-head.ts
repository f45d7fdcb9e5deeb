import type { Candidate } from '../coco-ssd/decode'
import { logit, sigmoid } from '../coco-ssd/decode'
import { keepBest, overlapOf } from '../overlap'
import type { PhoneHead } from './read-head'

/** Numbers per cell: presence, centre (x, y) in cells from the cell's middle, size (width, height) as logarithms. */
export const perCell = 5
/** Two boxes that overlap more than this are one phone. */
const samePhone = 0.4
/** A size outside this (logarithm) is a network gone wrong, not a phone. */
const largestLogSize = 2

/**
 * Reads the head's answer: the best presence wherever it is, and the phones at or above `floor`, best first, in shares
 * of the look. Throws when a number is none: a broken backend must not look like an empty room.
 */
export const readHead = (
  { cells, unitSize }: PhoneHead,
  raw: Float32Array,
  floor: number
): { readonly best: number; readonly found: readonly Candidate[] } => {
  const least = logit(floor)
  let best = -Infinity
  const candidates: Candidate[] = []
  for (let cell = 0; cell < cells * cells; cell += 1) {
    const at = cell * perCell
    const value = raw[at] ?? NaN
    if (Number.isNaN(value)) throw new Error('The phone head answered something that is not a number.')
    if (value > best) best = value
    if (value < least) continue
    const number = (index: number): number => raw[at + index] ?? NaN
    const size = (logarithm: number): number =>
      unitSize * Math.exp(Math.min(largestLogSize, Math.max(-2 * largestLogSize, logarithm)))
    const [width, height] = [size(number(3)), size(number(4))]
    const x = ((cell % cells) + 0.5 + number(1)) / cells
    const y = (Math.floor(cell / cells) + 0.5 + number(2)) / cells
    candidates.push({
      score: sigmoid(value),
      box: { x: x - width / 2, y: y - height / 2, width, height }
    })
  }
  return {
    best: sigmoid(best),
    found: keepBest(candidates, (kept, other) => overlapOf(kept, other) > samePhone)
  }
}
