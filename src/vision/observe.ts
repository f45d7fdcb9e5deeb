import { nothingKnown } from '../core/observation/camera-truth'
import type { Answer, Observation, People, UnknownReason } from '../core/observation/observation'
import { brightnessOf, darkBelow } from './darkness'
import type { Detections, Detector, Pixels } from './detector'
import { areaOf, clipped } from './overlap'
import { countPeople } from './people'

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
  /** A monotonic clock in milliseconds, the same that `capturedAt` was read from. */
  readonly clock: () => number
}

/** One camera frame. `pixels` is null when the frame could not be read. */
export interface Frame {
  readonly seq: number
  readonly capturedAt: number
  readonly pixels: Pixels | null
}

const share = (value: number): number => Math.min(1, Math.max(0, value))

/** Whether one class is in view. A score that is not a number is never an absence. */
export const answerFor = (detections: Detections, label: string, threshold: number): Answer => {
  const best = detections.best[label]
  if (best === undefined) return { state: 'unknown', reason: 'not-asked' }
  if (!Number.isFinite(best)) return { state: 'unknown', reason: 'detector-failed' }
  const seen = detections.found.find((candidate) => candidate.label === label && candidate.score >= threshold)
  return seen
    ? { state: 'present', score: share(seen.score), share: share(areaOf(clipped(seen.box))) }
    : { state: 'absent', score: share(best) }
}

const peopleIn = (detections: Detections, threshold: number): People => {
  const best = detections.best['person']
  if (best === undefined) return { state: 'unknown', reason: 'not-asked' }
  if (!Number.isFinite(best)) return { state: 'unknown', reason: 'detector-failed' }
  const scores = countPeople(detections.found, threshold).map(share)
  return { state: 'counted', count: scores.length, scores: [...scores] }
}

type Answers = Pick<Observation, 'phone' | 'book' | 'people' | 'screen'>

const unknownAll = (reason: UnknownReason): Answers => ({
  phone: { state: 'unknown', reason },
  book: { state: 'unknown', reason },
  people: { state: 'unknown', reason },
  screen: { state: 'unknown', reason }
})

/** Why the picture can't be asked at all, or null. */
const obstacle = (pixels: Pixels | null): UnknownReason | null => {
  if (!pixels || !(pixels.width > 0) || !(pixels.height > 0)) return 'no-frame'
  if (pixels.data.length < pixels.width * pixels.height * 4) return 'no-frame'
  return brightnessOf(pixels) < darkBelow ? 'too-dark' : null
}

/**
 * Looks at one frame and says what it tells. Never rejects: whatever goes wrong becomes `unknown`, and the error is
 * handed back beside the observation. Nothing of the picture is kept.
 */
export const observe = async (
  { detector, backend, thresholds, clock }: Look,
  { seq, capturedAt, pixels }: Frame
): Promise<{ readonly observation: Observation; readonly error: Error | null }> => {
  const started = clock()
  let answers: Answers
  let error: Error | null = null
  const reason = obstacle(pixels)
  if (reason || !pixels) answers = unknownAll(reason ?? 'no-frame')
  else
    try {
      const detections = await detector.detect(pixels)
      answers = {
        phone: answerFor(detections, 'cell phone', thresholds.phone),
        book: answerFor(detections, 'book', thresholds.book),
        people: peopleIn(detections, thresholds.person),
        screen: answerFor(detections, 'laptop', thresholds.screen)
      }
    } catch (cause) {
      error = cause instanceof Error ? cause : new Error(String(cause))
      answers = unknownAll('detector-failed')
    }
  const ended = clock()
  return {
    error,
    observation: {
      v: 1,
      seq,
      ageMs: Math.min(60_000, Math.max(0, ended - capturedAt)),
      // A frame without an area is reported as the smallest one; its answers say that there was none.
      frame: { width: sizeOf(pixels?.width), height: sizeOf(pixels?.height) },
      model: detector.id,
      backend,
      frameMs: Math.min(60_000, Math.max(0, ended - started)),
      ...answers,
      looked: true,
      camera: nothingKnown
    }
  }
}

const sizeOf = (value: number | undefined): number =>
  value !== undefined && Number.isInteger(value) ? Math.min(8192, Math.max(1, value)) : 1
