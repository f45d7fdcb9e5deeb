import * as tf from '@tensorflow/tfjs'
import type { ModelDefinition } from '../../src/core/model/definition'
import type { ModelDraft } from '../../src/core/model/manifest'
import { goldenPicture } from '../../src/vision/golden/golden'
import { goldenFrom } from '../../src/vision/graph-model/golden'
import { graphModel } from '../../src/vision/graph-model/graph-model'
import type { ModelFiles } from '../../src/vision/graph/graph-def'

/** Columns of the small model's scores; the first is a class that no rule asks for. */
export const columns = ['cat', 'person', 'cell phone', 'book', 'laptop'] as const

const shapeOf = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) })
const float = { type: 'DT_FLOAT' }
const input = (name: string, op: string, inputs: string[], attr: object = {}) => ({
  name,
  op,
  input: inputs,
  attr: { T: float, ...attr }
})
const constant = (name: string, sizes: number[], dtype = 'DT_FLOAT') => ({
  name,
  op: 'Const',
  attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shapeOf(...sizes) } } }
})

/** A quarter of the picture that is red is a phone, green a person, blue a book, and yellow a laptop. */
const weights = [
  //  cat, person, phone, book, laptop
  [-9, -20, 20, -20, 10],
  [-9, 20, -20, -20, 10],
  [-9, -20, -20, 20, -40]
]
const biases = [-9, -5, -5, -5, -15]
/** Upper left, upper right, lower left, lower right, as upper, left, lower, right. */
const quarters = [
  [0, 0, 0.5, 0.5],
  [0, 0.5, 0.5, 1],
  [0.5, 0, 1, 0.5],
  [0.5, 0.5, 1, 1]
]

/**
 * A made-up detector of a few operations, written out by tfjs itself: 32 x 32 pixels, four boxes, five classes.
 * `scale` multiplies every weight, so that two of them differ.
 */
export async function smallModelFiles(scale = 1): Promise<ModelFiles> {
  const weightData = new Float32Array([
    ...weights.flat().map((w) => w * scale),
    ...biases,
    ...quarters.flat()
  ])
  const whole = new Uint8Array(weightData.length * 4 + 8)
  whole.set(new Uint8Array(weightData.buffer))
  whole.set(new Uint8Array(Int32Array.of(4, 3).buffer), weightData.length * 4)
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      format: 'graph-model',
      modelTopology: {
        node: [
          input('picture', 'Placeholder', [], { dtype: float, shape: { shape: shapeOf(1, 32, 32, 3) } }),
          constant('weights', [3, 5]),
          constant('biases', [5]),
          constant('quarters', [4, 4]),
          constant('rows', [2], 'DT_INT32'),
          input('pool', 'AvgPool', ['picture'], {
            ksize: { list: { i: ['1', '16', '16', '1'] } },
            strides: { list: { i: ['1', '16', '16', '1'] } },
            padding: { s: btoa('VALID') },
            data_format: { s: btoa('NHWC') }
          }),
          input('cells', 'Reshape', ['pool', 'rows']),
          input('products', 'MatMul', ['cells', 'weights']),
          input('sums', 'BiasAdd', ['products', 'biases'], { data_format: { s: btoa('NHWC') } }),
          input('scores', 'Sigmoid', ['sums']),
          input('boxes', 'Identity', ['quarters'])
        ],
        library: {},
        versions: {}
      },
      weightSpecs: [
        { name: 'weights', shape: [3, 5], dtype: 'float32' },
        { name: 'biases', shape: [5], dtype: 'float32' },
        { name: 'quarters', shape: [4, 4], dtype: 'float32' },
        { name: 'rows', shape: [2], dtype: 'int32' }
      ],
      weightData: whole.buffer
    })
  )
  const saved: { artifacts: tf.io.ModelArtifacts | null } = { artifacts: null }
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved.artifacts = artifacts
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } })
    })
  )
  model.dispose()
  const { artifacts } = saved
  if (!artifacts?.weightData || Array.isArray(artifacts.weightData)) throw new Error('tfjs saved no weights')
  const entry = {
    format: 'graph-model',
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: artifacts.weightSpecs }]
  }
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(entry))],
    ['group1-shard1of1.bin', new Uint8Array(artifacts.weightData)]
  ])
}

/** How the small model is read; `golden` is whatever the current backend answers. */
export async function smallDefinition(files: ModelFiles): Promise<ModelDefinition> {
  const definition: ModelDefinition = {
    format: 'tfjs-graph-model',
    entry: 'model.json',
    input: { name: 'picture', layout: 'NHWC', size: 32, type: 'float32', range: [0, 1], colour: 'RGB' },
    outputs: { boxes: 'boxes', scores: 'scores' },
    decoder: { kind: 'boxes-scores', order: 'yxyx', unit: 'share', scores: 'probability' },
    classes: (['person', 'cell phone', 'book', 'laptop'] as const).map((label) => ({
      label,
      column: columns.indexOf(label)
    })),
    golden: { outputs: 36, stride: 1, samples: Array.from({ length: 36 }, () => 0), tolerance: 0.05 }
  }
  const detector = graphModel('small', definition, files)
  await detector.load()
  const golden = goldenFrom(await detector.rawValues(goldenPicture()), 0.05)
  detector.dispose()
  return { ...definition, golden }
}

/** What its author would write beside the files. */
export const smallDraft = (definition: ModelDefinition, version = 1): ModelDraft => ({
  schema: 1,
  name: 'quarter-colours',
  version,
  description: 'Calls colours by the names of things. For tests alone.',
  licence: 'Apache-2.0',
  source: 'test/model/small-model.ts',
  definition
})
