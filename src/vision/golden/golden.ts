import type { Pixels } from '../detector'
import { expected } from './expected'

const width = 160
const height = 120

/** A picture made of arithmetic: rings, ramps and a chequer, so that every layer of the network has work. */
export const goldenPicture = (): Pixels => {
  const data = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      const ring = ((x - 80) * (x - 80) + (y - 50) * (y - 50)) % 1600 < 700
      const chequer = ((x >> 3) + (y >> 3)) % 2 === 0
      data[at] = ring ? 220 : (x * 3) & 255
      data[at + 1] = chequer ? 60 : (y * 5) & 255
      data[at + 2] = y > 80 ? 200 : ring === chequer ? 30 : (x + y) & 255
      data[at + 3] = 255
    }
  return { width, height, data }
}

/** Every how many of the raw outputs one is compared. */
export const goldenStride = 331
/** Largest difference that half-precision arithmetic may cause in an output before its sigmoid. */
const allowed = 0.15

/** How far the raw outputs for the golden picture are from the right ones, in units of what is allowed. */
export const goldenDifference = (raw: Float32Array): number => {
  let worst = raw.length === expected.outputs ? 0 : Infinity
  expected.samples.forEach((right, index) => {
    const difference = Math.abs((raw[index * goldenStride] ?? NaN) - right)
    worst = difference <= worst ? worst : Number.isNaN(difference) ? Infinity : difference
  })
  return worst / allowed
}
