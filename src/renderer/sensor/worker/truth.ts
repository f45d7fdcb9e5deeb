import { nothingKnown, type CameraTruth } from '../../../core/observation/camera-truth'
import type { Observation } from '../../../core/observation/observation'
import type { Room } from '../../../core/policy/room'
import type { SensorLimits } from '../../../core/policy/default-sensor-limits'
import { createCameraTruth } from '../../../vision/camera-truth/camera-truth'
import type { TrackFacts } from '../../../vision/camera-truth/facts'
import { createGlimpser, type Glimpse } from '../../../vision/camera-truth/glimpse'
import type { Box, Detection, Detector, Pixels } from '../../../vision/detector'
import { isWhole } from '../../../vision/pixels/resize'
import { isAtSeat, withoutIgnored } from '../../../vision/room'

/** When a frame was captured and how it came. */
export interface Arrival {
  /** On this thread's clock, milliseconds. */
  readonly capturedAt: number
  /** On the camera's clock, milliseconds. */
  readonly stampMs: number
  /** The reader waited for it: no frame lies between it and the one before. */
  readonly awaited: boolean
}

/** What the worker knows of the camera. It outlives streams: a camera that comes back is compared with what it was. */
export interface TruthKeeper {
  readonly see: (pixels: Pixels | null, arrival: Arrival, limits: SensorLimits) => CameraTruth
  /** Brightness of the frame that was seen last, in the cells of a glimpse; null when it could not be read. */
  readonly cells: Float32Array | null
  readonly track: (facts: TrackFacts) => void
  /** What the policy draws of the room: whether a photograph is held up is asked of who may be the one who works. */
  readonly draw: (room: Room) => void
  /** Remembers how many people the newest look counted. */
  readonly looked: (observation: Observation) => void
  /** The same detector; on the way, where the best person is in the whole picture is kept for the next frame. */
  readonly listening: (detector: Detector) => Detector
}

/**
 * A recording is a recording: it repeats, it is a program's, and its people may be photographs. Where one is played on
 * purpose these questions stay open: `unknown`, never `clear`. The page says so in test and demo builds alone.
 */
const ofRecordings = (truth: CameraTruth): CameraTruth => {
  const { frozen, looped, photo, virtual } = nothingKnown
  return { ...truth, frozen, looped, photo, virtual }
}

/** Where the surest of those is who may be the one who works. */
const workingIn = (found: readonly Detection[], room: Room): Box | null => {
  const counted = withoutIgnored(found, room)
  return counted.find((one) => one.label === 'person' && isAtSeat(one, counted, room))?.box ?? null
}

export const createTruthKeeper = (): TruthKeeper => {
  const glimpse = createGlimpser()
  const teller = createCameraTruth()
  let track: TrackFacts | null = null
  let room: Room = {}
  let people: number | null = null
  let person: Box | null = null
  let whole: Pixels | null = null
  let seen: Glimpse | null = null
  return {
    get cells() {
      return seen?.cells ?? null
    },
    see: (pixels, arrival, limits) => {
      whole = pixels
      seen = glimpse(pixels)
      const truth = teller.see(seen, { ...arrival, limits, track, people, person })
      return track?.recording === true ? ofRecordings(truth) : truth
    },
    track: (facts) => {
      track = facts
    },
    draw: (drawn) => {
      room = drawn
    },
    looked: (observation) => {
      people = observation.people.state === 'counted' ? observation.people.count : null
      if (people === null || people === 0) person = null
    },
    listening: (detector) => {
      const detect: Detector['detect'] = async (pixels, part) => {
        const detections = await detector.detect(pixels, part)
        // People are counted in the whole picture; a closer look may see an arm alone.
        if (pixels === whole && (part === undefined || isWhole(part)))
          person = workingIn(detections.found, room)
        return detections
      }
      return Object.assign(Object.create(detector) as Detector, { detect })
    }
  }
}
