import { emptyMemory, judge, type JudgeMemory } from '../../../src/core/judgement/judge'
import type { Rules, Verdict } from '../../../src/core/judgement/rule'
import type { Observation } from '../../../src/core/observation/observation'
import { defaultSensorLimits } from '../../../src/core/policy/default-sensor-limits'
import { restAfter } from '../../../src/renderer/sensor/worker/pace'
import { createTruthKeeper } from '../../../src/renderer/sensor/worker/truth'
import type { Detector, Pixels } from '../../../src/vision/detector'
import type { PlannedLook } from '../../../src/vision/looking/plan'
import type { Thresholds } from '../../../src/vision/observe'
import { createWatcher } from '../../../src/vision/watch'
import { random } from '../../scene/random'
import { goodTrack } from '../../vision/camera-clips/clip'
import { cameraFps, type Camera } from './frames'
import type { WorkClock } from './work-clock'

/** One frame and what followed. Instants are milliseconds since the watch began. */
export interface Turn {
  readonly at: number
  readonly observation: Observation
  readonly verdict: Verdict
  readonly look: PlannedLook | null
  /** Processor time of the whole frame: copying it, camera truth, watcher and its look, milliseconds. */
  readonly ms: number
}

export interface WatchOptions {
  readonly camera: Camera
  readonly clock: WorkClock
  readonly detector: Detector
  readonly thresholds: Thresholds
  readonly rules: Rules
  readonly seed: number
  readonly forMs: number
  /** Frames are read no more often than this, milliseconds; 0 for the sensor's own pace. */
  readonly leastGapMs: number
  readonly turn: (turn: Turn) => void
}

const frameMs = 1000 / cameraFps
/** A reader that waited less found the frame ready. */
const readyMs = 4

/**
 * The loop of the sensor's worker with main's judge behind it: newest frame, copy, camera truth, watcher, rest. Rejects
 * when a look fails: figures without it would be figures of something else.
 */
export const watchDesk = async (options: WatchOptions): Promise<void> => {
  const { camera, clock, rules, forMs } = options
  const truth = createTruthKeeper()
  truth.track(goodTrack)
  const watcher = createWatcher({
    detector: truth.listening(options.detector),
    backend: 'wasm',
    thresholds: options.thresholds,
    clock: clock.now
  })
  const jitter = random(options.seed + 4_711)
  const copy = pixelCopy()
  let memory: JudgeMemory = emptyMemory
  let lastIndex = -1
  let newest = 0
  for (let seq = 1; clock.now() < forMs; seq += 1) {
    const asked = clock.now()
    const index = Math.max(lastIndex + 1, Math.floor(asked / frameMs))
    lastIndex = index
    const captured = index * frameMs + jitter.between(0, 1.5)
    clock.skip(captured - asked)
    const frame = camera(index)
    const arrived = clock.now()
    const { result, ms } = await clock.working(async () => {
      const pixels = copy(frame)
      const told = truth.see(
        pixels,
        { capturedAt: captured, stampMs: captured, awaited: captured - asked > readyMs },
        defaultSensorLimits
      )
      const { observation, error, look } = await watcher.observe({
        seq,
        capturedAt: captured,
        pixels,
        cells: truth.cells
      })
      if (error) throw error
      truth.looked(observation)
      return { observation: { ...observation, camera: told }, look }
    })
    newest = Math.max(newest, clock.now() - result.observation.ageMs)
    const judged = judge(memory, result.observation, newest, rules)
    memory = judged.memory
    options.turn({ at: clock.now(), ...result, verdict: judged.verdict, ms })
    clock.skip(Math.max(restAfter(clock.now() - arrived, watcher.eager), options.leastGapMs - ms))
  }
}

/** What the worker's pixel reader does with a frame: a copy into memory that is used again. */
const pixelCopy = (): ((pixels: Pixels) => Pixels) => {
  let buffer = new Uint8Array(0)
  return ({ width, height, data }) => {
    if (buffer.length !== data.length) buffer = new Uint8Array(data.length)
    buffer.set(data)
    return { width, height, data: buffer }
  }
}
