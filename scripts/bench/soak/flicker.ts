import type { Box, Detection, Detections, Detector } from '../../../src/vision/detector'
import { wholePicture } from '../../../src/vision/pixels/resize'
import { isWhole } from '../../../src/vision/pixels/resize'
import { random } from '../../scene/random'

/** What a flicker pretends to see. A second person is seen in the whole picture alone: people are counted there. */
export const flickerLabels = ['phone', 'book', 'person'] as const
export type FlickerLabel = (typeof flickerLabels)[number]

/** How sure the false detection is. */
const score = 0.95
/** Looks between two flickers, at least and at most: each stands alone. */
const apart = [4, 25] as const
/** Away from the person in the middle: a second one, not a part of the first. */
const upperLeft: Box = { x: 0.01, y: 0.02, width: 0.16, height: 0.5 }

export interface Flickers {
  readonly detector: Detector
  /** How many there were so far. */
  readonly counts: Readonly<Record<FlickerLabel, number>>
}

/** The same detector, which sees something false in a single look now and then, by seed. */
export const withFlickers = (detector: Detector, seed: number): Flickers => {
  const chance = random(seed)
  const counts: Record<FlickerLabel, number> = { phone: 0, book: 0, person: 0 }
  let wait = chance.whole(...apart)
  let label = chance.pick(flickerLabels)
  const falseDetection = (view: Box): Detection => {
    const own =
      label === 'person' ? upperLeft : inside(view, chance.between(0.3, 0.7), chance.between(0.3, 0.7))
    return { label, score, box: own }
  }
  const detect = async (
    ...[pixels, part = wholePicture]: Parameters<Detector['detect']>
  ): Promise<Detections> => {
    const detections = await detector.detect(pixels, part)
    wait -= 1
    if (wait > 0 || (label === 'person' && !isWhole(part))) return detections
    const found = [falseDetection(part), ...detections.found].sort((a, b) => b.score - a.score)
    const best = { ...detections.best, [label]: Math.max(score, detections.best[label] ?? 0) }
    counts[label] += 1
    wait = chance.whole(...apart)
    label = chance.pick(flickerLabels)
    return { found, best }
  }
  return { detector: Object.assign(Object.create(detector) as Detector, { detect }), counts }
}

/** A box of a sixth of the view's sides around a point of it. */
const inside = (view: Box, x: number, y: number): Box => ({
  x: view.x + view.width * (x - 1 / 12),
  y: view.y + view.height * (y - 1 / 12),
  width: view.width / 6,
  height: view.height / 6
})
