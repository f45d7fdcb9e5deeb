import type { Box } from '../detector'
import { areaOf, sharedArea } from '../overlap'
import { isWhole } from '../pixels/resize'
import type { Novelty } from './novelty'

/**
 * What is found in a closer look counts for much less: it is blown up, and cut off from what is around it, so that the
 * print on a shirt looks like a cover. Fitted on labelled photographs (docs/vision.md).
 */
const closerLook = 0.3
/** A score counts by its cube: many hints of a tenth are a hint, not a proof. The root brings them back to one scale. */
const power = 3
const evidenceOf = (score: number): number => score ** power
/** What a view told is believed for this long when nobody looks there again, milliseconds. */
const keptMs = 12_000
/** A view in which so much of the area is new has to be looked at anew, in shares of the view. */
const disturbedFrom = 0.04

interface Told {
  readonly view: Box
  readonly evidence: number
  readonly at: number
}

const keyOf = ({ x, y, width }: Box): string => [x, y, width].map((side) => side.toFixed(2)).join(' ')

/**
 * Adds up weak sightings of a kind that comes in numbers: the books of a shelf, the sheets on a desk. Within a look and
 * over looks at different views, evidence joins like independent witnesses, 1 - (1 - a)(1 - b), and what comes of it is
 * on the scale of a score again: a single find is worth what it says. A view's newest look replaces what it told before,
 * and a disturbance withdraws it.
 */
export class Accumulated {
  readonly #told = new Map<string, Told>()

  /** Scores of all candidates that one look at `view` found, 0 to 1. */
  fold(view: Box, scores: readonly number[], now: number): void {
    const weight = isWhole(view) ? 1 : closerLook
    const evidence = 1 - scores.reduce((doubt, score) => doubt * (1 - evidenceOf(score * weight)), 1)
    this.#told.set(keyOf(view), { view, evidence, at: now })
  }

  /** Withdraws what was told of views in which something is new. The whole picture is looked at again soon anyway. */
  disturb(novelty: readonly Novelty[]): void {
    for (const [key, { view }] of this.#told) {
      const fresh = novelty.reduce((sum, { box }) => sum + sharedArea(box, view), 0)
      if (fresh >= disturbedFrom * areaOf(view)) this.#told.delete(key)
    }
  }

  /** How sure all views together make it, 0 to 1. */
  at(now: number): number {
    let doubt = 1
    for (const [key, { evidence, at }] of this.#told)
      if (now - at > keptMs) this.#told.delete(key)
      else doubt *= 1 - evidence
    return (1 - doubt) ** (1 / power)
  }

  clear(): void {
    this.#told.clear()
  }
}
