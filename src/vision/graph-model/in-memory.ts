import type { io } from '@tensorflow/tfjs'
import { ModelError, type ModelFiles } from '../graph/graph-def'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface WeightGroup {
  readonly paths: readonly string[]
  readonly weights: readonly io.WeightsManifestEntry[]
}

/** Bytes that one weight takes on disk. */
const sizeOf = ({ name, shape, dtype, quantization }: io.WeightsManifestEntry): number => {
  const values = shape.reduce((product, size) => product * size, 1)
  const stored = quantization?.dtype ?? dtype
  const bytes = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 }[stored as string]
  if (bytes === undefined || !Number.isSafeInteger(values) || values < 0)
    throw new ModelError(`The weight ${name} is stored in a form that is not read (${stored}).`)
  return values * bytes
}

const readGroup = (group: unknown, entry: string): WeightGroup => {
  const paths = isRecord(group) ? group['paths'] : undefined
  const weights = isRecord(group) ? group['weights'] : undefined
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string') || !Array.isArray(weights))
    throw new ModelError(`${entry}: weightsManifest is not a list of paths and weights.`)
  for (const weight of weights as unknown[]) {
    const whole =
      isRecord(weight) && typeof weight['name'] === 'string' && typeof weight['dtype'] === 'string'
    if (!whole || !Array.isArray(weight['shape']) || !weight['shape'].every(Number.isInteger))
      throw new ModelError(`${entry}: a weight has no name, type or shape.`)
  }
  return { paths, weights: weights as io.WeightsManifestEntry[] }
}

const readEntry = (files: ModelFiles, entry: string): Record<string, unknown> => {
  const bytes = files.get(entry)
  if (!bytes) throw new ModelError(`The model's file ${entry} is missing.`)
  let model: unknown
  try {
    model = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ModelError(`The model's file ${entry} is not JSON.`)
  }
  if (!isRecord(model) || !isRecord(model['modelTopology']))
    throw new ModelError(`${entry}: modelTopology is missing.`)
  return model
}

const groupsOf = (model: Record<string, unknown>, entry: string): readonly WeightGroup[] => {
  const manifest = model['weightsManifest']
  if (!Array.isArray(manifest)) throw new ModelError(`${entry}: weightsManifest is missing.`)
  return manifest.map((group: unknown) => readGroup(group, entry))
}

/** Names of all files that a model needs: the entry and those that it names. Throws `ModelError`. */
export const neededFiles = (entry: string, bytes: Uint8Array): readonly string[] => {
  const groups = groupsOf(readEntry(new Map([[entry, bytes]]), entry), entry)
  return [entry, ...groups.flatMap(({ paths }) => paths)]
}

/**
 * What tfjs loads of a graph model's files. Each group's files must hold exactly the bytes that its weights
 * claim: tfjs itself reads what it finds. Throws `ModelError` with the file's or weight's name.
 */
export const readFiles = (files: ModelFiles, entry: string): io.ModelArtifacts => {
  const model = readEntry(files, entry)
  const groups = groupsOf(model, entry)
  const parts: Uint8Array[] = []
  for (const { paths, weights } of groups) {
    const own = paths.map((path) => {
      const file = files.get(path)
      if (!file) throw new ModelError(`The model's file ${path} is missing.`)
      return file
    })
    const held = own.reduce((sum, part) => sum + part.length, 0)
    const claimed = weights.reduce((sum, weight) => sum + sizeOf(weight), 0)
    if (held !== claimed)
      throw new ModelError(`${paths.join(', ')}: ${held} bytes, but the weights claim ${claimed}.`)
    parts.push(...own)
  }
  const weightData = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    weightData.set(part, at)
    at += part.length
  }
  return {
    modelTopology: model['modelTopology'] as object,
    format: 'graph-model',
    weightSpecs: groups.flatMap(({ weights }) => [...weights]),
    weightData: weightData.buffer,
    ...(isRecord(model['signature']) ? { signature: model['signature'] } : {})
  }
}
