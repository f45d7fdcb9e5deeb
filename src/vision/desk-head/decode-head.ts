import type { Candidate } from '../coco-ssd/decode'
import { logit, sigmoid } from '../coco-ssd/decode'
import { keepBest, overlapOf } from '../overlap'
import type { DeskKind } from './kinds'
import type { DeskHead } from './read-head'

/**
 * Numbers per cell and kind: presence, centre (x, y) in cells from the cell's middle, size (width, height) as
 * logarithms.
 */
export const perKind = 5
/** Two boxes that overlap more than this are one thing. */
const sameThing = 0.4
/** A size outside this (logarithm) is a network gone wrong, not a thing on a desk. */
const largestLogSize = 2

/**
 * Reads what the head found of one `kind` at or above the floor, best first, in shares of the look; null when it was not
 * trained for that. Throws when a number is none: a broken backend must not look like an empty room.
 */
export const readHead = (
  { cells, unitSize, kinds }: DeskHead,
  raw: Float32Array,
  kind: DeskKind,
  floor: number
): readonly Candidate[] | null => {
  const column = kinds.indexOf(kind)
  if (column < 0) return null
  const least = logit(floor)
  const candidates: Candidate[] = []
  for (let cell = 0; cell < cells * cells; cell += 1) {
    const at = (cell * kinds.length + column) * perKind
    const value = raw[at] ?? NaN
    if (Number.isNaN(value)) throw new Error('The desk head answered something that is not a number.')
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
  return keepBest(candidates, (kept, other) => overlapOf(kept, other) > sameThing)
}
