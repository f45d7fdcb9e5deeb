import type { CameraVerdict } from '../../../../src/core/observation/camera-truth'
import type { Observation } from '../../../../src/core/observation/observation'
import type { Rules } from '../../../../src/core/judgement/rule'
import type { Watcher } from '../../../../src/vision/watch'
import { cameraVerdictsIn, unansweredIn } from '../run/answers'
import type { Clock } from '../run/clock'
import { watchLoop } from '../run/watch-loop'
import { alarmBook, detectedAfter, unionMs, type Alarm } from './alarms'
import type { ClipEvent, ClipLabels } from './clip-labels'
import type { ClipFrame } from './decode'
import { playback } from './playback'

export interface MeasuredClip {
  readonly file: string
  readonly labels: ClipLabels
  readonly lengthMs: number
  readonly looks: number
  /** Looks without an answer to some question. */
  readonly unanswered: number
  readonly alarms: readonly Alarm[]
  readonly events: readonly (ClipEvent & { readonly detectedAfterMs: number | null })[]
  /** Time behind the cover, and the part of it under alarms that are all wrong. */
  readonly hiddenMs: number
  readonly wronglyHiddenMs: number
  /** When each camera-truth verdict first held, milliseconds of the recording. */
  readonly camera: Readonly<Partial<Record<CameraVerdict, number>>>
  readonly frameMs: readonly number[]
}

export interface ClipOptions {
  readonly file: string
  readonly frames: AsyncIterator<ClipFrame>
  readonly labels: ClipLabels
  readonly watcher: Watcher
  readonly clock: Clock
  readonly rules: Rules
  /** `frameAt` is in milliseconds of the recording. */
  readonly heard?: (observation: Observation, frameAt: number) => void
}

/** Plays a recording to the pipeline as a camera would and gathers what followed. */
export const measureClip = async (options: ClipOptions): Promise<MeasuredClip> => {
  const { file, frames, labels, watcher, clock, rules, heard } = options
  watcher.reset()
  const source = playback(frames, clock)
  const book = alarmBook(labels)
  const camera: Partial<Record<CameraVerdict, number>> = {}
  const frameMs: number[] = []
  let unanswered = 0
  await watchLoop({
    watcher,
    clock,
    rules,
    frames: source,
    forMs: Infinity,
    looked: (look) => {
      frameMs.push(look.observation.frameMs)
      if (unansweredIn(look.observation)) unanswered += 1
      cameraVerdictsIn(look.observation).forEach((verdict) => (camera[verdict] ??= look.landedAt))
      book.looked(look)
      heard?.(look.observation, look.frameAt)
    }
  })
  const lengthMs = source.lengthMs()
  const alarms = book.closeAt(lengthMs)
  const hiding = alarms.filter((alarm) => alarm.hides)
  const hiddenMs = unionMs(hiding)
  return {
    file,
    labels,
    lengthMs,
    looks: frameMs.length,
    unanswered,
    alarms,
    events: labels.events.map((event) => ({ ...event, detectedAfterMs: detectedAfter(event, alarms) })),
    hiddenMs,
    wronglyHiddenMs: hiddenMs - unionMs(hiding.filter(({ right }) => right !== false)),
    camera,
    frameMs
  }
}
