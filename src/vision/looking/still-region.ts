import type { Box } from '../detector'
import type { Cells } from './novelty'

/** Cells of a region: first column and row, and the ones after the last. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Room around a box on each side, in shares of its size: boxes of one thing differ from look to look. */
const room = 0.15
/** A region of fewer cells than this, about 40 pixels of 640 across without its room, shows too little of a motion. */
const fewestCells = 64
/** Brightness at which a cell is cut off and no longer tells what is there, grey levels. */
const clipped = { low: 6, high: 249 } as const
/** At least so much of a region must not be cut off. */
const readable = 0.6
/** Spread of brightness within a region from which something that moves there would show, grey levels. */
const leastStructure = 6
/** Light makes a region's contrast neither fainter nor stronger than by these factors: beyond, something else is there. */
const lightGain = { least: 0.6, most: 1.7 } as const
/** A cell has moved that differs by so many times the noise; no test of millions happens on so much by chance. */
const cellFrom = 6
/** Excess of the mean square over the noise's that is left to compression, in shares of the noise's. */
const compression = 0.5

/** The cells that a box takes with room around it, inside the picture. */
export const regionAround = (box: Box, { width, height }: Pick<Cells, 'width' | 'height'>): Region => ({
  left: Math.max(0, Math.floor((box.x - box.width * room) * width - 1)),
  top: Math.max(0, Math.floor((box.y - box.height * room) * height - 1)),
  right: Math.min(width, Math.ceil((box.x + box.width * (1 + room)) * width + 1)),
  bottom: Math.min(height, Math.ceil((box.y + box.height * (1 + room)) * height + 1))
})

/** Whether a box lies within a region as far as it lies within the picture. */
export const holds = (
  region: Region,
  box: Box,
  { width, height }: Pick<Cells, 'width' | 'height'>
): boolean =>
  Math.max(0, box.x) * width >= region.left &&
  Math.max(0, box.y) * height >= region.top &&
  Math.min(1, box.x + box.width) * width <= region.right &&
  Math.min(1, box.y + box.height) * height <= region.bottom

/**
 * Whether anything in a region is otherwise than it was, beyond `noise` (the usual size of the difference of one cell
 * between two frames of a still room, grey levels). Light that changes the whole region alike, by a factor and an
 * amount, is taken out first. Null when the region could not show it: too small, cut off, or without structure.
 */
export const movedIn = (
  region: Region,
  before: Float32Array,
  now: Float32Array,
  width: number,
  noise: number
): boolean | null => {
  const all = (region.right - region.left) * (region.bottom - region.top)
  let [count, sumBefore, sumNow, squares, products] = [0, 0, 0, 0, 0]
  for (let y = region.top; y < region.bottom; y += 1)
    for (let at = y * width + region.left, end = y * width + region.right; at < end; at += 1) {
      const old = before[at] ?? 0
      const value = now[at] ?? 0
      if (cutOff(old) && cutOff(value)) continue
      count += 1
      sumBefore += old
      sumNow += value
      squares += old * old
      products += old * value
    }
  if (count < fewestCells || count < all * readable) return null
  const meanBefore = sumBefore / count
  const meanNow = sumNow / count
  const spread = squares / count - meanBefore * meanBefore
  if (spread < leastStructure * leastStructure) return null
  const gain = (products / count - meanBefore * meanNow) / spread
  if (gain < lightGain.least || gain > lightGain.most) return true
  const limit = cellFrom * noise
  let rest = 0
  for (let y = region.top; y < region.bottom; y += 1)
    for (let at = y * width + region.left, end = y * width + region.right; at < end; at += 1) {
      const old = before[at] ?? 0
      const value = now[at] ?? 0
      if (cutOff(old) && cutOff(value)) continue
      const difference = value - meanNow - gain * (old - meanBefore)
      if (Math.abs(difference) > limit) return true
      rest += difference * difference
    }
  // The mean square of that many cells of noise alone scatters by the root of two over their number.
  return rest / count > noise * noise * (1 + compression + 6 * Math.sqrt(2 / count))
}

export const cutOff = (value: number): boolean => value < clipped.low || value > clipped.high
