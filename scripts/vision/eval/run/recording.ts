import type { Detection, Detections, Detector, Pixels } from '../../../../src/vision/detector'
import type { Clock } from './clock'
import { keepBest, overlapOf } from '../../../../src/vision/overlap'

/** Candidates drawn into the report, at most, and the least sure of them. */
const most = 12
const least = 0.2
/** Two boxes of one label that overlap more than this are drawn once. */
const sameThing = 0.5

export interface RecordingDetector extends Detector {
  /** Begins a picture: what is found on it from now on is kept. */
  watch(pixels: Pixels): void
  /** Surest candidates of all looks at the picture, each thing once; places are shares of the whole picture. */
  found(): readonly Detection[]
}

/**
 * Remembers what a detector finds, so that a report can draw it: observations carry no positions. The clock is told of every
 * look.
 */
export const recording = (detector: Detector, clock: Pick<Clock, 'looked'> = {}): RecordingDetector => {
  let watched: Pixels | null = null
  let found: readonly Detection[] = []
  const merged = (all: readonly Detection[]): readonly Detection[] =>
    [...new Set(all.map(({ label }) => label))]
      .flatMap((label) =>
        keepBest(
          all.filter((one) => one.label === label),
          (kept, other) => overlapOf(kept, other) > sameThing
        )
      )
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
  return {
    id: detector.id,
    load: () => detector.load(),
    verify: () => detector.verify(),
    dispose: () => detector.dispose(),
    detect: async (pixels, part): Promise<Detections> => {
      const detections = await detector.detect(pixels, part)
      clock.looked?.()
      if (pixels === watched)
        found = merged([...found, ...detections.found.filter(({ score }) => score >= least)])
      return detections
    },
    watch: (pixels) => {
      watched = pixels
      found = []
    },
    found: () => found
  }
}
