import type { ModelDefinition, ModelLabel } from '../../core/model/definition'
import { classIndexOf, watchedLabels } from '../coco-ssd/classes'
import { cocoSsd } from '../coco-ssd/coco-ssd'
import type { Detector, Pixels } from '../detector'
import { goldenPicture } from '../golden/golden'
import { ModelError, type ModelFiles } from '../graph/graph-def'
import { differenceFrom } from './golden'
import { graphModel, type MeasurableDetector } from './graph-model'

/**
 * The detector for a model: the built-in one (with our phone `head`) without a definition, else the one that the definition's decoder names.
 * Throws `ModelError` when the definition and the decoder do not fit.
 */
export const detectorFor = (
  id: string,
  definition: ModelDefinition | undefined,
  files: ModelFiles,
  head: ModelFiles | null = null
): Detector =>
  definition === undefined ? cocoSsd(id, { trunk: files, head }) : installedDetector(id, definition, files)

/** The detector for a definition, with its raw outputs. */
export const installedDetector = (
  id: string,
  definition: ModelDefinition,
  files: ModelFiles
): MeasurableDetector =>
  definition.decoder.kind === 'coco-ssd'
    ? otherWeights(id, definition, files)
    : graphModel(id, definition, files)

/** coco-ssd's graph with other weights: its own golden expectation, and COCO's columns. */
const otherWeights = (id: string, definition: ModelDefinition, files: ModelFiles): MeasurableDetector => {
  if (definition.entry !== 'model.json')
    throw new ModelError('The decoder coco-ssd reads the entry model.json.')
  for (const label of watchedLabels) requireColumn(definition, label)
  const detector = cocoSsd(id, { trunk: files, head: null })
  const rawValues = async (pixels: Pixels): Promise<Float32Array> => (await detector.rawOutputs(pixels)).raw
  return {
    id,
    load: () => detector.load(),
    detect: (pixels, part) => detector.detect(pixels, part),
    dispose: () => detector.dispose(),
    rawValues,
    verify: async () => differenceFrom(definition.golden, await rawValues(goldenPicture()))
  }
}

const requireColumn = ({ classes }: ModelDefinition, label: ModelLabel): void => {
  const column = classIndexOf(label)
  if (classes.find((one) => one.label === label)?.column !== column)
    throw new ModelError(
      `The decoder coco-ssd has ${label} in column ${column}; the manifest says otherwise.`
    )
}
