import type { ConvolutionLayer, Layer } from '../graph/fold'
import { ModelError, type ModelFiles } from '../graph/graph-def'
import { deskKinds, isDeskKind, type DeskKind } from './kinds'

/** Files of the head, as models/manifest.json lists them. */
export const headFiles = { layers: 'head.json', weights: 'weights.bin' } as const

/** Layers that look for things on a desk with the trunk's own features, and how their answer is read. */
export interface DeskHead {
  readonly layers: readonly Layer[]
  /** Layer that answers, per cell of a `cells` x `cells` grid and kind: presence, centre (x, y), size (width, height). */
  readonly output: string
  readonly cells: number
  /** In the order of the answer's numbers. */
  readonly kinds: readonly DeskKind[]
  /** A size of 0 means this share of the look. */
  readonly unitSize: number
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refuse = (field: string, wanted: string): ModelError =>
  new ModelError(`${headFiles.layers}: ${field} must be ${wanted}.`)

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
const text = (from: Fields, field: string): string => {
  const value = from[field]
  if (!isName(value)) throw refuse(field, 'a name')
  return value
}
const number = (from: Fields, field: string): number => {
  const value = from[field]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse(field, 'a number')
  return value
}
/** More than the trunk's input has pixels a side is no grid of its features. */
const mostCells = 300
const cellsIn = (from: Fields, field: string): number => {
  const value = number(from, field)
  if (!Number.isInteger(value) || value < 1 || value > mostCells)
    throw refuse(field, `a whole number from 1 to ${mostCells}`)
  return value
}
const shareIn = (from: Fields, field: string): number => {
  const value = number(from, field)
  if (!(value > 0 && value <= 1)) throw refuse(field, 'more than 0 and at most 1')
  return value
}
const texts = (from: Fields, field: string): readonly string[] => {
  const value = from[field]
  if (!Array.isArray(value) || value.length === 0 || !value.every(isName))
    throw refuse(field, 'a list of names')
  return value
}
const kindsIn = (from: Fields): readonly DeskKind[] => {
  const value = from['kinds']
  if (!Array.isArray(value) || !value.every(isDeskKind) || new Set(value).size !== value.length)
    throw refuse('kinds', `a list of ${deskKinds.join(', ')}, each once`)
  if (!value.includes('phone')) throw refuse('kinds', 'a list with phone in it')
  return value
}
/** A larger one could make infinite weights of whole numbers. */
const scaleIn = (from: Fields, field: string): number => {
  const value = number(from, field)
  if (!(value >= 0 && value <= 1)) throw refuse(field, 'a number from 0 to 1')
  return value
}
/** Height, width, channels in and out. */
type Shape = readonly [number, number, number, number]
const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.length === 4 && value.every((side) => Number.isInteger(side) && side > 0)
const shapeIn = (from: Fields, field: string): Shape => {
  const value = from[field]
  if (!isShape(value)) throw refuse(field, 'four whole numbers above 0')
  return value
}

/** Weights lie as 16-bit whole numbers, little-endian, times one scale per array. */
const weightsReader =
  (bytes: Uint8Array) =>
  (at: number, count: number, scale: number): Float32Array => {
    if (!Number.isInteger(at) || at < 0 || (at + count) * 2 > bytes.length)
      throw new ModelError(`${headFiles.weights} ends before the weights that ${headFiles.layers} names.`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return Float32Array.from({ length: count }, (_, index) => view.getInt16((at + index) * 2, true) * scale)
  }

const convolution = (
  layer: Fields,
  kind: ConvolutionLayer['kind'],
  read: ReturnType<typeof weightsReader>
): ConvolutionLayer => {
  const shape = shapeIn(layer, 'shape')
  const [height, width, from, to] = shape
  const channels = kind === 'depthwise' ? from : to
  const activation = text(layer, 'activation')
  if (activation !== 'relu6' && activation !== 'linear') throw refuse('activation', 'relu6 or linear')
  return {
    kind,
    name: text(layer, 'name'),
    input: text(layer, 'input'),
    stride: [1, 1],
    filter: {
      shape,
      data: read(number(layer, 'at'), height * width * from * to, scaleIn(layer, 'scale'))
    },
    bias: read(number(layer, 'biasAt'), channels, scaleIn(layer, 'biasScale')),
    activation
  }
}

const readLayer = (layer: unknown, read: ReturnType<typeof weightsReader>): Layer => {
  if (!isFields(layer)) throw refuse('layers', 'a list of layers')
  const kind = text(layer, 'kind')
  switch (kind) {
    case 'convolution':
    case 'depthwise':
      return convolution(layer, kind, read)
    case 'join':
      return { kind, name: text(layer, 'name'), inputs: texts(layer, 'inputs') }
    case 'widen':
      return { kind, name: text(layer, 'name'), input: text(layer, 'input'), size: cellsIn(layer, 'size') }
    default:
      throw refuse('kind', 'convolution, depthwise, join or widen')
  }
}

/** Reads the head from its files. Throws `ModelError` with the file and the field when it is not one. */
export const readDeskHead = (files: ModelFiles): DeskHead => {
  const [layersFile, weightsFile] = [files.get(headFiles.layers), files.get(headFiles.weights)]
  if (!layersFile || !weightsFile)
    throw new ModelError(`The desk head needs ${headFiles.layers} and ${headFiles.weights}.`)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(layersFile))
  } catch {
    throw new ModelError(`${headFiles.layers} is not JSON.`)
  }
  if (!isFields(json) || !Array.isArray(json['layers'])) throw refuse('layers', 'a list of layers')
  const read = weightsReader(weightsFile)
  const layers = json['layers'].map((layer) => readLayer(layer, read))
  const output = text(json, 'output')
  if (!layers.some(({ name }) => name === output)) throw refuse('output', 'the name of one of its layers')
  return {
    layers,
    output,
    cells: cellsIn(json, 'cells'),
    kinds: kindsIn(json),
    unitSize: shareIn(json, 'unitSize')
  }
}
