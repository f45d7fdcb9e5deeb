import type { SensorLimits } from '../../core/policy/default-sensor-limits'
import type { Box } from '../detector'
import type { Glimpse } from './glimpse'

/** A mark of a camera that is a program instead of a device. None proves it alone. */
export type VirtualMark =
  /** The name is one that such programs use. */
  | 'label'
  /** No USB id in the name, none of the names of built-in cameras. */
  | 'no-bus'
  /** None of the controls that sensors have: exposure, white balance, focus, brightness. */
  | 'no-controls'
  /** Offers one single size. */
  | 'one-size'
  /** Claims a control, and does not take a setting that it says it takes. */
  | 'refuses-own-range'

/** What the page found out about the open camera without looking at its picture. */
export interface TrackFacts {
  readonly marks: readonly VirtualMark[]
  /** A test or demo build plays a file in place of a camera, on purpose. Never true in a release build. */
  readonly recording: boolean
  /** Another device than the first one since the sensor's page started. */
  readonly replaced: boolean
  /** Frames a second that the camera gave lately, also those that were dropped on the way; null when nobody counts. */
  readonly deliveredFps: number | null
}

/** What is known about one frame beside its picture. */
export interface FrameFacts {
  /** When it was captured, on a monotonic clock, milliseconds. Never runs back. */
  readonly capturedAt: number
  /** The frame's own time stamp, milliseconds on the camera's clock. */
  readonly stampMs: number
  /** The reader waited for this frame, so no other one lies between it and the one read before. */
  readonly awaited: boolean
  readonly limits: SensorLimits
  /** Null until the page has asked the camera. */
  readonly track: TrackFacts | null
  /** How many people the newest look counted; null when there is no answer. */
  readonly people: number | null
  /** The best person's box of the newest look, when there is one. Stays in the sensor. */
  readonly person: Box | null
}

/** What one verdict is asked per frame. `glimpse` is null for a frame that could not be read. */
export interface Seen {
  readonly glimpse: Glimpse | null
  readonly facts: FrameFacts
}
