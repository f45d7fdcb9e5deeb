import type { Thresholds } from '../../../../src/vision/observe'
import { createWatcher, type Watcher } from '../../../../src/vision/watch'
import { loadDetector, type MeasuredModel } from '../../load-detector'
import type { Clock } from './clock'
import { recording, type RecordingDetector } from './recording'

/** The shipped eyes, warm, with an ear at the detector. */
export interface Eyes {
  readonly detector: RecordingDetector
  /** What a signature may vouch for. */
  readonly measured: MeasuredModel
  /** A pipeline that has seen nothing yet. */
  readonly newWatcher: () => Watcher
}

/** How often the golden picture is looked at before the first verdict, as the live sensor does. */
const warmUps = 3

/** `model`: folder of another model than the one that ships. */
export const openEyes = async (thresholds: Thresholds, clock: Clock, model?: string): Promise<Eyes> => {
  const { detector: loaded, measured } = await loadDetector(model)
  const detector = recording(loaded, clock)
  for (let look = 0; look < warmUps; look += 1) await detector.verify()
  return {
    detector,
    measured,
    newWatcher: () => createWatcher({ detector, backend: 'wasm', thresholds, clock: () => clock.now() })
  }
}
