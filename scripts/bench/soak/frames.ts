import type { Pixels } from '../../../src/vision/detector'
import { random } from '../../scene/random'
import type { Desk } from './desk'

/** What the camera delivers, frames a second. */
export const cameraFps = 30
/** Drawn frames a second of a stretch that is played again and again. */
const keptPerSecond = 10

/** The camera's picture by the number of its frame. Valid until the next one is asked for. */
export type Camera = (index: number) => Pixels

/** Every frame drawn anew. */
export const drawnCamera =
  (desk: Desk): Camera =>
  (index) =>
    desk.frame(index / cameraFps)

/**
 * The first seconds of a desk forward and backward, over and over, with fresh noise of up to two grey levels on every
 * frame: hours cost no drawing. Motion repeats, so what is said about loops is true and counts for nothing.
 */
export const replayedCamera = (desk: Desk, seconds: number, seed: number): Camera => {
  const kept = Array.from({ length: Math.ceil(seconds * keptPerSecond) }, (_, index) => {
    const { width, height, data } = desk.frame(index / keptPerSecond)
    // Room for the noise: adding to four bytes at once must not carry from one into the next.
    const words = new Uint32Array(data.map((value) => Math.min(253, value)).buffer)
    return { width, height, words }
  })
  const chance = random(seed)
  const byte = (): number => chance.whole(0, 2)
  const noise = Uint32Array.from({ length: 131_071 }, () => byte() | (byte() << 8) | (byte() << 16))
  const out = new Uint32Array(kept[0]?.words.length ?? 0)
  const bytes = new Uint8Array(out.buffer)
  return (index) => {
    const at = Math.floor((index / cameraFps) * keptPerSecond)
    const round = at % (2 * kept.length)
    const frame = kept[round < kept.length ? round : 2 * kept.length - 1 - round]
    if (!frame) throw new RangeError('There is nothing to play.')
    let speck = chance.whole(0, noise.length - 1)
    for (let word = 0; word < out.length; word += 1) {
      out[word] = frame.words[word]! + noise[speck]!
      speck += 1
      if (speck === noise.length) speck = 0
    }
    return { width: frame.width, height: frame.height, data: bytes }
  }
}
