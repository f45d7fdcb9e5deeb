import type { Observation } from '../../../../src/core/observation/observation'
import { emptyMemory, judge, type JudgeMemory } from '../../../../src/core/judgement/judge'
import type { Rules, Verdict } from '../../../../src/core/judgement/rule'
import { restAfter } from '../../../../src/renderer/sensor/worker/pace'
import type { Pixels } from '../../../../src/vision/detector'
import type { Watcher } from '../../../../src/vision/watch'
import type { Clock } from './clock'

/** Gives the newest frame that has not been looked at, waiting for one if need be; null when there are no more. */
export interface FrameSource {
  /** `elapsedMs` since the watch began. `capturedMs` is on the same scale. */
  next(elapsedMs: number): Promise<{ readonly pixels: Pixels; readonly capturedMs: number } | null>
}

/** One look and what followed. Instants, those in the verdict too, are milliseconds since the watch began. */
export interface Looked {
  readonly observation: Observation
  readonly verdict: Verdict
  /** When the frame was captured, as the judge was told. */
  readonly frameAt: number
  /** When the observation was there. */
  readonly landedAt: number
  /** What the look took, and how much of it the processor worked for this program, milliseconds. */
  readonly busyMs: number
  readonly cpuMs: number
}

export interface WatchOptions {
  readonly watcher: Watcher
  readonly clock: Clock
  readonly rules: Rules
  readonly frames: FrameSource
  /** No look begins after that; `Infinity` to go on until the frames end. */
  readonly forMs: number
  readonly looked: (looked: Looked) => void
}

/**
 * Look, judge, rest, look, at the pace of the live sensor, until the time is up or the frames end. Rejects when a look
 * fails: figures without it would be figures of something else.
 */
export const watchLoop = async ({
  watcher,
  clock,
  rules,
  frames,
  forMs,
  looked
}: WatchOptions): Promise<void> => {
  const began = clock.now()
  let memory: JudgeMemory = emptyMemory
  let newest = -Infinity
  for (let seq = 1; ; seq += 1) {
    const frame = clock.now() - began < forMs ? await frames.next(clock.now() - began) : null
    const arrived = clock.now()
    if (frame === null || arrived - began >= forMs) return
    const cpuBefore = clock.cpu()
    const { observation, error } = await watcher.observe({
      seq,
      capturedAt: began + frame.capturedMs,
      pixels: frame.pixels
    })
    if (error) throw error
    const landed = clock.now()
    newest = Math.max(newest, landed - began - observation.ageMs)
    const judged = judge(memory, observation, newest, rules)
    memory = judged.memory
    looked({
      observation,
      verdict: judged.verdict,
      frameAt: newest,
      landedAt: landed - began,
      busyMs: landed - arrived,
      cpuMs: clock.cpu() - cpuBefore
    })
    await clock.pause(restAfter(landed - arrived, watcher.eager))
  }
}
