import type { Clock } from '../run/clock'
import type { FrameSource } from '../run/watch-loop'
import type { ClipFrame } from './decode'

export interface Playback extends FrameSource {
  /** Milliseconds of the recording up to its last frame. */
  readonly lengthMs: () => number
}

/**
 * Plays frames as a camera delivers them: a look takes the newest one that is due; those that came and went while the
 * look before was under way are never seen; a look that comes too early waits.
 */
export const playback = (frames: AsyncIterator<ClipFrame>, clock: Clock): Playback => {
  let waiting: ClipFrame | null = null
  let ended = false
  let lastMs = 0
  const peek = async (): Promise<ClipFrame | null> => {
    if (waiting || ended) return waiting
    const read = await frames.next()
    if (read.done === true) ended = true
    else {
      waiting = read.value
      lastMs = waiting.atMs
    }
    return waiting
  }
  return {
    lengthMs: () => lastMs,
    next: async (elapsedMs) => {
      const began = clock.now()
      const first = await peek()
      if (first === null) return null
      if (first.atMs > elapsedMs) await clock.pause(first.atMs - elapsedMs - (clock.now() - began))
      let newest = first
      waiting = null
      // Decoding takes time too, but it isn't the camera's: what is due is told by the instant that was asked for.
      for (let after = await peek(); after && after.atMs <= elapsedMs; after = await peek()) {
        newest = after
        waiting = null
      }
      return { pixels: newest.pixels, capturedMs: newest.atMs }
    }
  }
}
