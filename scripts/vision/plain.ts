import { load, type DetectedObject } from '@tensorflow-models/coco-ssd'
import * as tf from '@tensorflow/tfjs'
import { ModelError, type ModelFiles } from '../../src/vision/graph/graph-def'
import type { Pixels } from '../../src/vision/detector'

/** 90 scores per anchor, and boxes as upper, left, lower, right in shares. */
export interface PlainOutputs {
  readonly scores: Float32Array
  readonly boxes: Float32Array
}

/** The package's own detector on the same weights: the measure that ours is held against. */
export interface PlainCocoSsd {
  /** The package's `detect()`; boxes are [x, y, width, height] in pixels. */
  detect(pixels: Pixels, most: number, least: number): Promise<readonly DetectedObject[]>
  /** The original graph's outputs. */
  outputs(pixels: Pixels): Promise<PlainOutputs>
  /** The package's `detect()` and the outputs it worked from, for the cost of one run of the graph. */
  detectWithOutputs(
    pixels: Pixels,
    most: number,
    least: number
  ): Promise<{ readonly objects: readonly DetectedObject[]; readonly outputs: PlainOutputs }>
  /** Milliseconds of `detect()` alone, its picture already a tensor. */
  time(pixels: Pixels): Promise<number>
  dispose(): void
}

/** Colours without the unused fourth byte, as the package takes them. */
const asTensor = ({ width, height, data }: Pixels): tf.Tensor3D => {
  const colours = new Int32Array(width * height * 3)
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours[to] = data[from] ?? 0
    colours[to + 1] = data[from + 1] ?? 0
    colours[to + 2] = data[from + 2] ?? 0
  }
  return tf.tensor3d(colours, [height, width, 3], 'int32')
}

interface GraphModelJson {
  readonly modelTopology: object
  readonly weightsManifest: readonly {
    readonly paths: readonly string[]
    readonly weights: tf.io.WeightsManifestEntry[]
  }[]
}

const handlerFor = (files: ModelFiles): tf.io.IOHandler => {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name)
    if (!bytes) throw new ModelError(`The model's file ${name} is missing.`)
    return bytes
  }
  const json = JSON.parse(new TextDecoder().decode(read('model.json'))) as GraphModelJson
  const weightData = Buffer.concat(json.weightsManifest.flatMap(({ paths }) => paths.map(read)))
  return tf.io.fromMemory({
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(weightData).buffer
  })
}

export const loadPlainCocoSsd = async (files: ModelFiles): Promise<PlainCocoSsd> => {
  // The package passes `modelUrl` on to tfjs, which takes a handler too; its types name only the text.
  const model = await load({ modelUrl: handlerFor(files) as unknown as string })
  const graph = (model as unknown as { readonly model: tf.GraphModel }).model
  const detect = async (pixels: Pixels, most: number, least: number): Promise<readonly DetectedObject[]> => {
    const picture = asTensor(pixels)
    try {
      return await model.detect(picture, most, least)
    } finally {
      picture.dispose()
    }
  }
  /** Runs something that runs the graph, and hands back a copy of what the graph gave. */
  const overhear = async <T>(run: () => Promise<T>): Promise<{ result: T; outputs: PlainOutputs }> => {
    const original = graph.executeAsync.bind(graph)
    const heard: PlainOutputs[] = []
    graph.executeAsync = async (inputs, names) => {
      const tensors = (await original(inputs, names)) as tf.Tensor[]
      const [scores, boxes] = tensors
      if (!scores || !boxes) throw new Error('The original graph gave no outputs.')
      heard.push({ scores: await scores.data<'float32'>(), boxes: await boxes.data<'float32'>() })
      return tensors
    }
    try {
      const result = await run()
      const [outputs] = heard
      if (!outputs) throw new Error('The package did not run its graph.')
      return { result, outputs }
    } finally {
      graph.executeAsync = original
    }
  }
  return {
    detect,
    detectWithOutputs: async (pixels, most, least) => {
      const { result, outputs } = await overhear(() => detect(pixels, most, least))
      return { objects: result, outputs }
    },
    outputs: async (pixels) => {
      const picture = tf.tidy(() => tf.expandDims<tf.Tensor4D>(asTensor(pixels)))
      const [scores, boxes] = (await graph.executeAsync(picture)) as tf.Tensor[]
      if (!scores || !boxes) throw new Error('The original graph gave no outputs.')
      try {
        return { scores: await scores.data<'float32'>(), boxes: await boxes.data<'float32'>() }
      } finally {
        tf.dispose([picture, scores, boxes])
      }
    },
    time: async (pixels) => {
      const picture = asTensor(pixels)
      const started = performance.now()
      await model.detect(picture)
      const ended = performance.now()
      picture.dispose()
      return ended - started
    },
    dispose: () => {
      model.dispose()
    }
  }
}
