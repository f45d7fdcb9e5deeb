import { coarse } from './glimpse'
import type { CellArea } from './planar'

const { width } = coarse
/** A cell this steep (grey levels per cell) changes when it moves by a fraction of itself… */
const textured = 4
/** …and one as flat as this does not. */
const flat = 1
/** So many flat cells tell the noise; with fewer it is taken as this, grey levels. */
const fewestFlat = 40
const usualNoise = 0.3
/** Averaged and rounded-off cells carry at least this much, grey levels: compression leaves it. */
const leastNoise = 0.2
/** A cell stood still within three times the noise, but no noise excuses more than three times this. */
const mostNoise = 0.35

export interface PartsChange {
  /** Share of the textured cells that did not change. */
  readonly still: number
  /** Share of all cells that changed clearly. */
  readonly changed: number
  /** Noise of one cell, grey levels. */
  readonly noise: number
}

/**
 * How an area changed without any motion taken off: which textured cells stood still and how many cells changed. A plane
 * moves as a whole, so a photograph never has both; a person before a room does all the time. A change of light (gain
 * and offset over the area) is taken off first.
 */
export const changeOfParts = (
  now: Float32Array,
  before: Float32Array,
  { left, top, right, bottom }: CellArea
): PartsChange => {
  let [n, sumB, sumD, sumBB, sumBD] = [0, 0, 0, 0, 0]
  for (let y = top; y < bottom; y += 1)
    for (let at = y * width + left; at < y * width + right; at += 1) {
      const was = before[at] ?? 0
      const change = (now[at] ?? 0) - was
      n += 1
      sumB += was
      sumD += change
      sumBB += was * was
      sumBD += was * change
    }
  const spread = n * sumBB - sumB * sumB
  const gain = spread > 1e-3 ? (n * sumBD - sumB * sumD) / spread : 0
  const offset = (sumD - gain * sumB) / Math.max(1, n)
  const changes = new Float32Array(n)
  const steepness = new Float32Array(n)
  const quiet: number[] = []
  let at = 0
  for (let y = top; y < bottom; y += 1)
    for (let cell = y * width + left; cell < y * width + right; cell += 1, at += 1) {
      const was = before[cell] ?? 0
      const across = ((before[cell + 1] ?? was) - (before[cell - 1] ?? was)) / 2
      const down = ((before[cell + width] ?? was) - (before[cell - width] ?? was)) / 2
      const steep = Math.sqrt(across * across + down * down)
      const change = Math.abs((now[cell] ?? 0) - was - gain * was - offset)
      changes[at] = change
      steepness[at] = steep
      if (steep < flat) quiet.push(change)
    }
  const middle = quiet.sort((a, b) => a - b)[Math.floor(quiet.length / 2)] ?? 0
  const noise = quiet.length < fewestFlat ? usualNoise : Math.max(leastNoise, 1.48 * middle)
  let [rich, unmoved, changed] = [0, 0, 0]
  for (let cell = 0; cell < n; cell += 1) {
    const change = changes[cell] ?? 0
    if (change > 12 * noise) changed += 1
    if ((steepness[cell] ?? 0) <= textured) continue
    rich += 1
    if (change < 3 * Math.min(noise, mostNoise)) unmoved += 1
  }
  return { still: rich === 0 ? 1 : unmoved / rich, changed: changed / Math.max(1, n), noise }
}
