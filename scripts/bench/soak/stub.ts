import type { Detector } from '../../../src/vision/detector'
import type { WorkClock } from './work-clock'

/** What a look costs by the clock while nothing really looks, milliseconds: as the real one takes on a slow core. */
const lookMs = 70

/** Sees the same person in every look and nothing else: for hours of everything but the network. */
export const stubDetector = (clock: WorkClock): Detector => ({
  id: 'stub@0',
  load: () => Promise.resolve(),
  verify: () => Promise.resolve(0),
  dispose: () => undefined,
  detect: () => {
    clock.skip(lookMs)
    return Promise.resolve({
      found: [{ label: 'person', score: 0.9, box: { x: 0.25, y: 0.2, width: 0.5, height: 0.8 } }],
      best: { person: 0.9, phone: 0.02, 'cell phone': 0.02, book: 0.02, laptop: 0.02, remote: 0.02, tv: 0.02 }
    })
  }
})
