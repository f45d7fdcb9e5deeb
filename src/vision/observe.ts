import type { Room } from '../core/policy/room'
import { nothingKnown, type CameraTruth } from '../core/observation/camera-truth'
import type { Answer, Observation, People, UnknownReason } from '../core/observation/observation'
import { brightnessOf, darkBelow } from './darkness'
import type { Box, Detection, Detector, Pixels } from './detector'
import { areaOf, clipped } from './overlap'
import { peopleIn } from './people'

export interface Thresholds {
  readonly phone: number
  readonly book: number
  readonly person: number
  readonly screen: number
}

/** What stays the same from frame to frame. */
export interface Look {
  readonly detector: Detector
  readonly backend: Observation['backend']
  readonly thresholds: Thresholds
  /** What is drawn of the room; nothing when left out. */
  readonly room?: Room
  /** A monotonic clock in milliseconds, the same that `capturedAt` was read from. */
  readonly clock: () => number
}

/** One camera frame. `pixels` is null when the frame could not be read. */
export interface Frame {
  readonly seq: number
  readonly capturedAt: number
  readonly pixels: Pixels | null
  /** Brightness in the cells of a glimpse, when one was taken of this frame already. */
  readonly cells?: Float32Array | null
  /** The camera is known to stand as it did. Otherwise what is drawn of the room may lie elsewhere in the picture. */
  readonly steady?: boolean
}

export type Answers = Pick<Observation, 'phone' | 'book' | 'people' | 'screen'>

const share = (value: number): number => Math.min(1, Math.max(0, value))

/**
 * Whether one class is in view: `seen` is the surest thing of it, `best` its best score wherever it is.
 * A score that is not a number is never an absence.
 */
export const answerOf = (
  seen: { readonly score: number; readonly box: Box } | undefined,
  best: number | undefined,
  threshold: number
): Answer => {
  if (best === undefined) return { state: 'unknown', reason: 'not-asked' }
  if (!Number.isFinite(best) || (seen && !Number.isFinite(seen.score)))
    return { state: 'unknown', reason: 'detector-failed' }
  return seen && seen.score >= threshold
    ? { state: 'present', score: share(seen.score), share: share(areaOf(clipped(seen.box))) }
    : { state: 'absent', score: Math.min(share(Math.max(best, seen?.score ?? 0)), share(threshold - 1e-6)) }
}

/** How many people a look at the whole picture found, beside those who are `none`; `atSeat`: who may be the one who works. */
export const peopleOf = (
  found: readonly Detection[],
  best: number | undefined,
  threshold: number,
  none: ReadonlySet<Detection> = new Set(),
  atSeat: ((person: Detection) => boolean) | null = null
): People => {
  if (best === undefined) return { state: 'unknown', reason: 'not-asked' }
  if (!Number.isFinite(best)) return { state: 'unknown', reason: 'detector-failed' }
  const people = peopleIn(found, threshold).filter((person) => !none.has(person))
  const scores = people.map(({ score }) => share(score))
  const counted = { state: 'counted', count: scores.length, scores } as const
  if (atSeat === null) return counted
  // Surest first.
  return { ...counted, atSeat: share(people.find(atSeat)?.score ?? 0) }
}

export const unknownAll = (reason: UnknownReason): Answers => ({
  phone: { state: 'unknown', reason },
  book: { state: 'unknown', reason },
  people: { state: 'unknown', reason },
  screen: { state: 'unknown', reason }
})

/** Why the picture can't be asked at all, or null. */
export const obstacleTo = (pixels: Pixels | null): UnknownReason | null => {
  if (!pixels || !(pixels.width > 0) || !(pixels.height > 0)) return 'no-frame'
  if (pixels.data.length < pixels.width * pixels.height * 4) return 'no-frame'
  return brightnessOf(pixels) < darkBelow ? 'too-dark' : null
}

/** The observation of a frame, from what was answered about it. Instants on the look's clock, milliseconds. */
export const observationOf = (
  { detector, backend }: Look,
  { seq, capturedAt, pixels }: Frame,
  answers: Answers,
  {
    started,
    ended,
    looked,
    camera = nothingKnown
  }: {
    readonly started: number
    readonly ended: number
    readonly looked: boolean
    readonly camera?: CameraTruth
  }
): Observation => ({
  v: 1,
  seq,
  ageMs: Math.min(60_000, Math.max(0, ended - capturedAt)),
  // A frame without an area is reported as the smallest one; its answers say that there was none.
  frame: { width: sizeOf(pixels?.width), height: sizeOf(pixels?.height) },
  model: detector.id,
  backend,
  frameMs: Math.min(60_000, Math.max(0, ended - started)),
  ...answers,
  looked,
  camera
})

const sizeOf = (value: number | undefined): number =>
  value !== undefined && Number.isInteger(value) ? Math.min(8192, Math.max(1, value)) : 1
