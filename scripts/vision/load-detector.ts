import { readModelFolder } from '../../src/provision/index'
import type { Detector } from '../../src/vision/detector'
import { installedDetector } from '../../src/vision/graph-model/choose-decoder'
import { shippedDetector } from './model-files'

/** What a report says of the model that it measured; a signature vouches for these figures by the digest. */
export interface MeasuredModel {
  readonly model: string
  /** Over definition and files; absent for the model that comes with the program. */
  readonly model_digest?: string
}

/**
 * Loads the detector to measure on the current backend: the program's own, or with `folder` (`--model DIR`) another
 * one, as a desk would load it. Throws when it is not within its own golden expectation: a desk would not use it.
 */
export const loadDetector = async (
  folder: string | undefined
): Promise<{ readonly detector: Detector; readonly measured: MeasuredModel }> => {
  if (folder === undefined) {
    const detector = shippedDetector()
    await detector.load()
    return { detector, measured: { model: detector.id } }
  }
  const { draft, bytes, id, digest } = await readModelFolder(folder)
  const detector = installedDetector(id, draft.definition, bytes)
  await detector.load()
  const difference = await detector.verify()
  if (difference <= 1) return { detector, measured: { model: id, model_digest: digest } }
  detector.dispose()
  throw new Error(
    `${folder}: the golden expectation in manifest.json is not met (${difference.toFixed(1)} times what is allowed). ` +
      `If the files changed, write it anew: npm run -s model:golden -- --model ${folder}`
  )
}
