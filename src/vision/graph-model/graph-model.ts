import * as tf from '@tensorflow/tfjs'
import type { ModelDefinition } from '../../core/model/definition'
import type { Box, Detector, Pixels } from '../detector'
import { goldenPicture } from '../golden/golden'
import { ModelError, type ModelFiles } from '../graph/graph-def'
import { inWhole } from '../overlap'
import { resizer, wholePicture } from '../pixels/resize'
import { differenceFrom } from './golden'
import { readFiles } from './in-memory'
import { readBoxes, type RawAnswers } from './read-boxes'

/** More boxes or columns than this are no detector's answer. */
const mostBoxes = 200_000
const mostColumns = 10_000

/** A detector whose raw outputs can be had, to make or to check a golden expectation. */
export type MeasurableDetector = Detector & { rawValues(pixels: Pixels): Promise<Float32Array> }

/**
 * Any tfjs graph model that answers boxes and class scores, on the current backend. Nothing of it is trusted to be
 * well made: shapes and numbers are checked at every look, and what is wrong is an error, never an absence.
 */
export const graphModel = (
  id: string,
  definition: ModelDefinition,
  files: ModelFiles
): MeasurableDetector => {
  const { input, outputs, decoder, golden, entry } = definition
  let model: tf.GraphModel | null = null
  let hasFlow = false
  let squeeze: ReturnType<typeof resizer> | null = null

  /** Runs the graph; the answered tensors are the caller's to dispose of. */
  const execute = async (picture: tf.Tensor, flow: boolean): Promise<readonly tf.Tensor[]> => {
    if (!model) throw new Error('The detector was asked before it was loaded.')
    const feed = { [input.name]: picture }
    const names = [outputs.boxes, outputs.scores]
    const answer = flow ? await model.executeAsync(feed, names) : model.execute(feed, names)
    return Array.isArray(answer) ? answer : [answer]
  }

  const pictureOf = (pixels: Pixels, part: Box): tf.Tensor => {
    if (!squeeze) throw new Error('The detector was asked before it was loaded.')
    const colours = squeeze(pixels, part)
    if (input.colour === 'BGR') swapColours(colours)
    const shape: [number, number, number, number] = [1, input.size, input.size, 3]
    return input.type === 'int32'
      ? tf.tensor4d(Int32Array.from(colours, Math.round), shape, 'int32')
      : tf.tensor4d(colours, shape)
  }

  const look = async (pixels: Pixels, part: Box = wholePicture): Promise<RawAnswers> => {
    const picture = pictureOf(pixels, part)
    let answers: readonly tf.Tensor[] = []
    try {
      answers = await execute(picture, hasFlow)
      return await readTensors(answers)
    } finally {
      picture.dispose()
      for (const answer of answers) answer.dispose()
    }
  }

  const rawValues = async (pixels: Pixels): Promise<Float32Array> => {
    const { boxes, scores } = await look(pixels)
    const raw = new Float32Array(boxes.length + scores.length)
    raw.set(boxes)
    raw.set(scores, boxes.length)
    return raw
  }

  const dispose = (): void => {
    model?.dispose()
    model = null
  }

  return {
    id,
    load: async () => {
      await tf.ready()
      dispose()
      const [low, high] = input.range
      squeeze = resizer(input.size, (high - low) / 255, low)
      model = await loadFrom(files, entry)
      requireNode(model, input.name, 'input')
      hasFlow = needsFlow(files, entry)
    },
    verify: async () => differenceFrom(golden, await rawValues(goldenPicture())),
    detect: async (pixels, part = wholePicture) => {
      if (decoder.kind !== 'boxes-scores')
        throw new ModelError(`The decoder ${decoder.kind} is not this one.`)
      const { found, best } = readBoxes(await look(pixels, part), definition, decoder)
      return { found: found.map((object) => ({ ...object, box: inWhole(part, object.box) })), best }
    },
    rawValues,
    dispose
  }
}

/**
 * Only what is wrong with the files or the graph is a `ModelError`. Whatever fails once weights go to the backend is that
 * backend's trouble and stays a plain error: the next backend may run the same model.
 */
const loadFrom = async (files: ModelFiles, entry: string): Promise<tf.GraphModel> => {
  const artifacts = readFiles(files, entry)
  parse(artifacts)
  return tf.loadGraphModel({ load: () => Promise.resolve(artifacts) })
}

/** Has tfjs read the graph without its weights, so that no backend takes part. */
const parse = (artifacts: tf.io.ModelArtifacts): void => {
  try {
    tf.loadGraphModelSync({ ...artifacts, weightSpecs: [], weightData: new ArrayBuffer(0) }).dispose()
  } catch (error) {
    throw new ModelError(
      `The graph cannot be read: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}

const requireNode = (model: tf.GraphModel, name: string, what: string): void => {
  const known = model.inputs.map((node) => node.name)
  if (!known.some((other) => other.replace(/:0$/, '') === name.replace(/:0$/, '')))
    throw new ModelError(`The graph has no ${what} named ${name}; it has ${known.join(', ')}.`)
}

/** Operations whose outputs' sizes depend on the picture, or that branch and loop: tfjs runs them another way. */
const flowing =
  /^(Switch|Merge|Enter|Exit|NextIteration|LoopCond|StatelessIf|If|StatelessWhile|While|NonMaxSuppression\w*|Where|Unique\w*|TensorArray\w*|TensorList\w*|HashTable\w*|LookupTable\w*)$/

const needsFlow = (files: ModelFiles, entry: string): boolean => {
  const text = new TextDecoder().decode(files.get(entry) ?? new Uint8Array())
  const { modelTopology } = JSON.parse(text) as { modelTopology: { node?: { op?: unknown }[] } }
  return (modelTopology.node ?? []).some(({ op }) => typeof op === 'string' && flowing.test(op))
}

/** Swaps red and blue in place. */
const swapColours = (colours: Float32Array): void => {
  for (let at = 0; at < colours.length; at += 3) {
    const red = colours[at] ?? 0
    colours[at] = colours[at + 2] ?? 0
    colours[at + 2] = red
  }
}

/** Rows and columns of an answer: [n, k], [1, n, k] or [1, n, 1, k], for one picture. */
const rowsOf = ({ shape }: tf.Tensor, what: string): readonly [number, number] => {
  const [rows, columns, ...more] = shape.length > 2 && shape[0] === 1 ? withoutSingles(shape) : shape
  if (rows === undefined || columns === undefined || more.length > 0)
    throw new Error(`The model's ${what} have the shape [${shape.join(', ')}], not [n, k] or [1, n, k].`)
  return [rows, columns]
}

/** A shape without the leading 1, and without the 1 that some graphs leave before the last number. */
const withoutSingles = ([, ...shape]: readonly number[]): readonly number[] =>
  shape.length === 3 && shape[1] === 1 ? [shape[0] ?? 0, shape[2] ?? 0] : shape

const readTensors = async ([boxes, scores]: readonly tf.Tensor[]): Promise<RawAnswers> => {
  if (!boxes || !scores) throw new Error('The model answered fewer than two outputs.')
  const [count, four] = rowsOf(boxes, 'boxes')
  const [rows, columns] = rowsOf(scores, 'scores')
  if (four !== 4) throw new Error(`A box of the model has ${four} numbers, not 4.`)
  if (rows !== count) throw new Error(`The model answered ${count} boxes and ${rows} rows of scores.`)
  if (count < 1 || count > mostBoxes || columns < 1 || columns > mostColumns)
    throw new Error(`The model answered ${count} boxes with ${columns} scores each.`)
  if (boxes.dtype === 'string' || scores.dtype === 'string') throw new Error('The model answered words.')
  const [boxValues, scoreValues] = await Promise.all([boxes.data(), scores.data()])
  return { count, columns, boxes: Float32Array.from(boxValues), scores: Float32Array.from(scoreValues) }
}
