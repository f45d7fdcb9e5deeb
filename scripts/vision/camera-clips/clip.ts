import { defaultSensorLimits } from '../../../src/core/policy/default-sensor-limits'
import type { CameraTruth, CameraVerdict } from '../../../src/core/observation/camera-truth'
import { createCameraTruth } from '../../../src/vision/camera-truth/camera-truth'
import type { FrameFacts, TrackFacts } from '../../../src/vision/camera-truth/facts'
import { createGlimpser } from '../../../src/vision/camera-truth/glimpse'
import type { Box, Pixels } from '../../../src/vision/detector'
import { random } from '../../scene/random'

/** A real camera in good order, as the page would find it. */
export const goodTrack: TrackFacts = { marks: [], recording: false, replaced: false, deliveredFps: 30 }

/** One clip for camera truth. Times are seconds since it began. */
export interface CameraClip {
  readonly name: string
  /** What must be found, or null for a clip in which nothing is wrong. */
  readonly verdict: CameraVerdict | null
  /** When that begins. */
  readonly from: number
  readonly seconds: number
  /** Frames a second of the camera. */
  readonly fps?: number
  /** The camera's frame of that number; null for one that can't be read. */
  readonly frame: (index: number) => Pixels | null
  readonly people?: (seconds: number) => number | null
  readonly person?: (seconds: number) => Box | null
  readonly track?: (seconds: number) => TrackFacts | null
  /** Stamps to the microsecond, as no camera gives them. */
  readonly clockwork?: boolean
}

export interface Sighting {
  readonly seconds: number
  readonly truth: CameraTruth
}

/**
 * Plays a clip as the sensor's worker would see it: not every frame, but those that are the newest when a look is over
 * (looks take 90 to 160 ms), stamped with a little jitter. `everyFrame` sees all of them.
 */
export function* play(clip: CameraClip, seed: number, everyFrame = false): Generator<Sighting> {
  const chance = random(seed + 4_711)
  const glimpse = createGlimpser()
  const teller = createCameraTruth()
  const step = 1000 / (clip.fps ?? 30)
  const frames = Math.floor((clip.seconds * 1000) / step)
  let free = 0
  for (let index = 0; index < frames; index += 1) {
    const stampMs = index * step + (clip.clockwork === true ? 0 : chance.between(0, 1.5))
    const next = (index + 1) * step
    if (!everyFrame && next <= free) continue
    const seconds = index * step * 1e-3
    const facts: FrameFacts = {
      capturedAt: stampMs,
      stampMs,
      awaited: free <= stampMs,
      limits: defaultSensorLimits,
      track: clip.track ? clip.track(seconds) : goodTrack,
      people: clip.people ? clip.people(seconds) : 1,
      person: clip.person?.(seconds) ?? null
    }
    const truth = teller.see(glimpse(clip.frame(index)), facts)
    free = Math.max(free, stampMs) + chance.between(90, 160)
    yield { seconds, truth }
  }
}

/** When a verdict first held, seconds after `from`; null when it never did. */
export const timeTo = (
  sightings: Iterable<Sighting>,
  verdict: CameraVerdict,
  from: number
): number | null => {
  for (const { seconds, truth } of sightings)
    if (seconds >= from && truth[verdict].state === 'holds') return seconds - from
  return null
}

/** Verdicts that held at any time of a clip. */
export const everHeld = (sightings: Iterable<Sighting>): ReadonlySet<CameraVerdict> => {
  const held = new Set<CameraVerdict>()
  for (const { truth } of sightings)
    for (const [id, entry] of Object.entries(truth))
      if (entry.state === 'holds') held.add(id as CameraVerdict)
  return held
}
