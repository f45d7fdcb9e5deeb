import type { Thresholds } from '../../../../src/vision/observe'
import { createWatcher, type Watcher } from '../../../../src/vision/watch'
import { shippedDetector } from '../../model-files'
import type { Clock } from './clock'
import { recording, type RecordingDetector } from './recording'

/** The shipped eyes, warm, with an ear at the detector. */
export interface Eyes {
  readonly detector: RecordingDetector
  /** A pipeline that has seen nothing yet. */
  readonly newWatcher: (clock: Clock) => Watcher
}

/** How often the golden picture is looked at before the first verdict, as the live sensor does. */
const warmUps = 3

export const openEyes = async (thresholds: Thresholds): Promise<Eyes> => {
  const detector = recording(shippedDetector())
  await detector.load()
  for (let look = 0; look < warmUps; look += 1) await detector.verify()
  return {
    detector,
    newWatcher: (clock) => createWatcher({ detector, backend: 'wasm', thresholds, clock: () => clock.now() })
  }
}
