import { assertPixels, type Box, type Pixels } from '../detector'

/** Which two neighbours an output position reads, and how much of the second. */
interface Taps {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly share: Float32Array
}

/** Taps for `to` outputs over the part of a line of `length` pixels that begins at `start` and is `span` long. */
const taps = (length: number, start: number, span: number, to: number, step: number): Taps => {
  const result = { first: new Int32Array(to), second: new Int32Array(to), share: new Float32Array(to) }
  for (let at = 0; at < to; at += 1) {
    const position = start + at * (span / to)
    const low = Math.max(0, Math.min(Math.floor(position), length - 1))
    result.first[at] = low * step
    result.second[at] = Math.min(low + 1, length - 1) * step
    result.share[at] = Math.max(0, position - low)
  }
  return result
}

/** The whole picture. */
export const wholePicture: Box = { x: 0, y: 0, width: 1, height: 1 }
export const isWhole = ({ width, height }: Box): boolean => width * height > 0.999

const isPart = ({ x, y, width, height }: Box): boolean =>
  [x, y, width, height].every(Number.isFinite) &&
  x >= 0 &&
  y >= 0 &&
  width > 0 &&
  height > 0 &&
  x + width <= 1 + 1e-6 &&
  y + height <= 1 + 1e-6

/**
 * Makes a function that squeezes a part of a picture (the whole, when none is named) into `size` x `size` and maps
 * every colour value v to `v * scale + offset`: bilinear between the two nearest neighbours, corners not aligned,
 * exactly as the model's own first operations do. Throws `RangeError` for a part that is not within the picture.
 * The answered array is the same one at every call: it is overwritten by the next picture.
 */
export const resizer = (
  size: number,
  scale: number,
  offset: number
): ((pixels: Pixels, part?: Box) => Float32Array) => {
  const out = new Float32Array(size * size * 3)
  return (pixels, part = wholePicture) => {
    assertPixels(pixels)
    if (!isPart(part)) throw new RangeError('The part to look at does not lie within the picture.')
    const { width, height, data } = pixels
    const across = taps(width, part.x * width, part.width * width, size, 4)
    const down = taps(height, part.y * height, part.height * height, size, width * 4)
    let at = 0
    for (let y = 0; y < size; y += 1) {
      const top = down.first[y] ?? 0
      const bottom = down.second[y] ?? 0
      const dy = down.share[y] ?? 0
      for (let x = 0; x < size; x += 1) {
        const left = across.first[x] ?? 0
        const right = across.second[x] ?? 0
        const dx = across.share[x] ?? 0
        for (let colour = 0; colour < 3; colour += 1) {
          const upperLeft = data[top + left + colour] ?? 0
          const lowerLeft = data[bottom + left + colour] ?? 0
          const upper = upperLeft + ((data[top + right + colour] ?? 0) - upperLeft) * dx
          const lower = lowerLeft + ((data[bottom + right + colour] ?? 0) - lowerLeft) * dx
          out[at] = (upper + (lower - upper) * dy) * scale + offset
          at += 1
        }
      }
    }
    return out
  }
}
