import { random } from '../../../scene/random'
import type { Interval } from './proportion'

/** How often the pictures are drawn anew. */
const draws = 1000
/** The same for every run, so that the same answers give the same interval. */
const seed = 20_240

/**
 * 95 % interval of a figure by drawing the pictures anew, with replacement (B. Efron, 1979): `figure` is given how
 * often each of `size` pictures was drawn and answers null where it isn't defined. The interval always holds `found`,
 * the figure on the pictures themselves; null where hardly any draw defined it.
 */
export const bootstrap = (
  size: number,
  figure: (weights: Uint16Array) => number | null,
  found: number
): Interval | null => {
  const chance = random(seed)
  const weights = new Uint16Array(size)
  const figures: number[] = []
  for (let draw = 0; draw < draws; draw += 1) {
    weights.fill(0)
    for (let picked = 0; picked < size; picked += 1) {
      const at = Math.floor(chance.next() * size)
      weights[at] = (weights[at] ?? 0) + 1
    }
    const value = figure(weights)
    if (value !== null) figures.push(value)
  }
  if (figures.length < draws / 10) return null
  figures.sort((a, b) => a - b)
  const at = (share: number): number => figures[Math.floor(share * (figures.length - 1))] ?? found
  return [Math.min(found, at(0.025)), Math.max(found, at(0.975))]
}
