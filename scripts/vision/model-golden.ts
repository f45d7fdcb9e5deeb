// Writes into a model's manifest.json what the right backend answers for the golden picture.
//   npm run -s model:golden -- --model DIR [--tolerance N]
// Run it when the files or the definition change, before the model is measured.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import { modelDefinitionSchema } from '../../src/core/model/definition'
import { DRAFT, readUnproven } from '../../src/provision/model/folder'
import { ProvisionError } from '../../src/provision/problem'
import { goldenPicture } from '../../src/vision/golden/golden'
import { installedDetector } from '../../src/vision/graph-model/choose-decoder'
import { goldenFrom } from '../../src/vision/graph-model/golden'

/** Share by which a backend may differ: half-precision arithmetic through some tens of layers stays below it. */
const usual = 0.1

const { values } = parseArgs({
  options: { model: { type: 'string' }, tolerance: { type: 'string', default: String(usual) } }
})
if (values.model === undefined) {
  console.error('usage: model:golden --model DIR [--tolerance N]')
  process.exit(2)
}
try {
  // The plain JavaScript backend is slow and has no vector instructions to get wrong.
  await tf.setBackend('cpu')
  const { draft, bytes } = await readUnproven(values.model)
  const unproven = { outputs: 5, stride: 1, samples: [0, 0, 0, 0, 0], tolerance: Number(values.tolerance) }
  const definition = modelDefinitionSchema.parse({ ...draft.definition, golden: unproven })
  const detector = installedDetector(draft.name, definition, bytes)
  await detector.load()
  const golden = goldenFrom(await detector.rawValues(goldenPicture()), unproven.tolerance)
  const whole = { ...draft, definition: modelDefinitionSchema.parse({ ...definition, golden }) }
  writeFileSync(join(values.model, DRAFT), `${JSON.stringify(whole, null, 2)}\n`)
  console.log(`${golden.samples.length} of ${golden.outputs} outputs are written as the golden expectation.`)
} catch (error) {
  if (!(error instanceof ProvisionError)) throw error
  console.error(error.message)
  process.exit(1)
}
