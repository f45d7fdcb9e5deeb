import type { Pixels } from '../../../src/vision/detector'
import { random } from '../../scene/random'
import type { Canvas } from '../../scene/raster'

/** Length is prime: no two frames meet the same noise in the same place. */
const grain = ((): Float32Array => {
  const chance = random(77)
  // The sum of three even spreads is near enough to a normal one.
  return Float32Array.from(
    { length: 524_287 },
    () => 2 * (chance.next() + chance.next() + chance.next() - 1.5)
  )
})()

/** What a sensor's noise spreads at mid grey, grey levels: an ordinary webcam in a lit room. */
export const usualNoise = 2

/**
 * What a camera makes of a canvas: gain, the noise of its sensor (more where it is bright, as light itself is grainy),
 * rounding to eight bits, and a fourth byte that nobody reads. `at` picks the noise: another number, other noise.
 */
export const exposed = ({ width, height, data }: Canvas, gain: number, noise: number, at: number): Pixels => {
  const out = new Uint8Array(width * height * 4)
  const spread = Float32Array.from(
    { length: 256 },
    (_, value) => noise * (0.6 + 0.4 * Math.sqrt(value / 128))
  )
  let speck = (Math.imul(at, 7_919) >>> 0) % grain.length
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    for (let colour = 0; colour < 3; colour += 1) {
      const value = data[from + colour]!
      const light = value * gain + spread[value]! * grain[speck]! + 0.5
      out[to + colour] = light < 0 ? 0 : light > 255 ? 255 : light
      speck += 1
      if (speck === grain.length) speck = 0
    }
  }
  return { width, height, data: out }
}
