import { assertPixels, type Pixels } from '../detector'

/** Which two neighbours an output position reads, and how much of the second. */
interface Taps {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly share: Float32Array
}

const taps = (from: number, to: number, step: number): Taps => {
  const result = { first: new Int32Array(to), second: new Int32Array(to), share: new Float32Array(to) }
  for (let at = 0; at < to; at += 1) {
    const position = at * (from / to)
    const low = Math.min(Math.floor(position), from - 1)
    result.first[at] = low * step
    result.second[at] = Math.min(low + 1, from - 1) * step
    result.share[at] = position - low
  }
  return result
}

/**
 * Makes a function that squeezes pictures into `size` x `size` and maps every colour value v to `v * scale + offset`:
 * bilinear between the two nearest neighbours, corners not aligned, exactly as the model's own first operations do.
 * The answered array is the same one at every call: it is overwritten by the next picture.
 */
export const resizer = (size: number, scale: number, offset: number): ((pixels: Pixels) => Float32Array) => {
  const out = new Float32Array(size * size * 3)
  let known = { width: 0, height: 0, across: taps(1, size, 4), down: taps(1, size, 4) }
  return (pixels) => {
    assertPixels(pixels)
    const { width, height, data } = pixels
    if (known.width !== width || known.height !== height)
      known = { width, height, across: taps(width, size, 4), down: taps(height, size, width * 4) }
    const { across, down } = known
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
