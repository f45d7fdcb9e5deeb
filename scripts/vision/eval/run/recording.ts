import type { Detection, Detections, Detector, Pixels } from '../../../../src/vision/detector'

/** Candidates drawn into the report, at most, and the least sure of them. */
const most = 12
const least = 0.2

export interface RecordingDetector extends Detector {
  /** Begins a picture: what is found on it from now on is kept. */
  watch(pixels: Pixels): void
  /** Surest candidates found on the whole picture; what a second look found within a part of it is not among them. */
  found(): readonly Detection[]
}

/** Remembers what a detector finds, so that a report can draw it: observations carry no positions. */
export const recording = (detector: Detector): RecordingDetector => {
  let watched: Pixels | null = null
  let found: readonly Detection[] = []
  return {
    id: detector.id,
    load: () => detector.load(),
    verify: () => detector.verify(),
    dispose: () => detector.dispose(),
    detect: async (pixels): Promise<Detections> => {
      const detections = await detector.detect(pixels)
      if (pixels === watched) found = detections.found.filter(({ score }) => score >= least).slice(0, most)
      return detections
    },
    watch: (pixels) => {
      watched = pixels
      found = []
    },
    found: () => found
  }
}
