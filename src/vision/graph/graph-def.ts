/** A weight as it lies in memory: row-major, 32-bit floats. */
export interface Weight {
  readonly shape: readonly number[]
  readonly data: Float32Array
}
export type Weights = ReadonlyMap<string, Weight>

/** One operation of a TensorFlow graph, as much of it as the folding needs. */
export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly weights: Weights
}

/** The files of a tfjs graph model, by the names that its `model.json` uses. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>

/** The model is not what its decoder was written for. The message names the operation or file. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const records = (value: unknown, what: string): readonly Record<string, unknown>[] => {
  if (!Array.isArray(value) || !value.every(isRecord))
    throw new ModelError(`model.json: ${what} is not a list.`)
  return value
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const readWeights = (manifest: unknown, files: ModelFiles): Weights => {
  const weights = new Map<string, Weight>()
  for (const group of records(manifest, 'weightsManifest')) {
    const bytes = join(
      strings(group['paths']).map((path) => {
        const file = files.get(path)
        if (!file) throw new ModelError(`The model's file ${path} is missing.`)
        return file
      })
    )
    let at = 0
    for (const entry of records(group['weights'], 'weights')) {
      const name = String(entry['name'])
      if (entry['quantization'] !== undefined || (entry['dtype'] !== 'float32' && entry['dtype'] !== 'int32'))
        throw new ModelError(`The weight ${name} is stored in a form that this decoder does not read.`)
      const shape = Array.isArray(entry['shape']) ? entry['shape'].map(Number) : []
      const end = at + sizeOf(shape) * 4
      if (end > bytes.length) throw new ModelError(`The weight ${name} ends beyond the model's files.`)
      const raw = bytes.slice(at, end).buffer
      weights.set(name, {
        shape,
        data: entry['dtype'] === 'int32' ? Float32Array.from(new Int32Array(raw)) : new Float32Array(raw)
      })
      at = end
    }
    if (at !== bytes.length)
      throw new ModelError(`The model's files hold ${bytes.length - at} bytes that no weight claims.`)
  }
  return weights
}

/** Reads a tfjs graph model from its files. Throws `ModelError` when something is missing or of another form. */
export const readGraph = (files: ModelFiles): Graph => {
  const text = files.get('model.json')
  if (!text) throw new ModelError('The model has no model.json.')
  const model: unknown = JSON.parse(new TextDecoder('utf-8').decode(text))
  const topology = isRecord(model) ? model['modelTopology'] : undefined
  if (!isRecord(model) || !isRecord(topology)) throw new ModelError('model.json: modelTopology is missing.')
  const nodes = records(topology['node'], 'node').map((node): GraphNode => ({
    name: String(node['name']),
    op: String(node['op']),
    // "^name" is an order without data, ":0" the first output: both mean nothing here.
    inputs: strings(node['input'])
      .filter((input) => !input.startsWith('^'))
      .map((input) => input.replace(/:0$/, '')),
    attributes: isRecord(node['attr']) ? node['attr'] : {}
  }))
  return {
    nodes: new Map(nodes.map((node) => [node.name, node])),
    weights: readWeights(model['weightsManifest'], files)
  }
}

/** A text attribute, stored as base64 or as character codes; null when absent. */
export const textAttribute = (node: GraphNode, key: string): string | null => {
  const holder = node.attributes[key]
  const value = isRecord(holder) ? holder['s'] : undefined
  if (typeof value === 'string') return atob(value)
  return Array.isArray(value) ? String.fromCharCode(...value.map(Number)) : null
}

/** A list of whole numbers; empty when absent. */
export const numbersAttribute = (node: GraphNode, key: string): readonly number[] => {
  const holder = node.attributes[key]
  const list = isRecord(holder) ? holder['list'] : undefined
  const values = isRecord(list) ? list['i'] : undefined
  return Array.isArray(values) ? values.map(Number) : []
}

/** A number; null when absent. */
export const numberAttribute = (node: GraphNode, key: string): number | null => {
  const holder = node.attributes[key]
  const value = isRecord(holder) ? holder['f'] : undefined
  return typeof value === 'number' ? value : null
}
