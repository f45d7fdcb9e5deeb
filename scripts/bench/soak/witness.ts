import type { Box, Detector } from '../../../src/vision/detector'
import type { RuleId } from '../../../src/core/judgement/rule'

/** What the detector calls what a rule asks for. */
const labelsOf: Partial<Record<RuleId, readonly string[]>> = {
  phone: ['phone', 'cell phone'],
  book: ['book'],
  'second-screen': ['laptop', 'tv']
}

export interface Witness {
  readonly detector: Detector
  /** Where the surest candidate of the newest looks was, in hundredths of the picture; null when the rule has no place. */
  readonly place: (rule: RuleId) => readonly number[] | null
}

/** The same detector; where it found things last is kept, so that a false alarm can be looked into. */
export const witnessed = (detector: Detector): Witness => {
  const last = new Map<string, Box>()
  const detect: Detector['detect'] = async (pixels, part) => {
    const detections = await detector.detect(pixels, part)
    for (const { label, box, score } of detections.found.toReversed()) if (score >= 0.3) last.set(label, box)
    return detections
  }
  return {
    detector: Object.assign(Object.create(detector) as Detector, { detect }),
    place: (rule) => {
      const box = labelsOf[rule]?.map((label) => last.get(label)).find((one) => one !== undefined)
      return box ? [box.x, box.y, box.width, box.height].map((side) => Math.round(side * 100)) : null
    }
  }
}
