import { join } from 'node:path'
import { z } from 'zod'
import type { SensorSettings, Weights } from '../../contract/ipc/schema'
import { ORIGIN } from '../windows/page'
import { typeOf, type ServedFile } from './files'

/** The part of models/manifest.json that decides which bytes may be loaded. */
const manifestSchema = z.object({
  schema: z.literal(1),
  models: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z0-9-]+$/),
        version: z.string(),
        entry: z.string(),
        files: z.array(
          z.object({
            path: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
            sha256: z.string().regex(/^[0-9a-f]{64}$/)
          })
        )
      })
    )
    .min(1)
})
export type ModelManifest = z.infer<typeof manifestSchema>

/** Set by the bundler from models/manifest.json: a file beside the program decides nothing. */
declare const __MODELS__: unknown

export const compiledManifest = (): ModelManifest => manifestSchema.parse(__MODELS__)

/** The model files as they may be served, each with the hash that its bytes must have. */
export function listModels(manifest: ModelManifest, folder: string): Map<string, ServedFile> {
  return new Map(
    manifest.models.flatMap(({ name, files }) =>
      files.map(({ path, sha256 }) => [
        `/models/${name}/${path}`,
        { path: join(folder, name, path), type: typeOf(path) ?? 'application/octet-stream', sha256 }
      ])
    )
  )
}

/** What the sensor is told of a model. The name carries the start of the hash of its first file. */
export function modelSettings(manifest: ModelManifest, name: string): Weights {
  const model = manifest.models.find((candidate) => candidate.name === name)
  const entry = model?.files.find(({ path }) => path === model.entry)
  if (model === undefined || entry === undefined) throw new Error(`models/manifest.json has no whole ${name}`)
  return {
    id: `${model.name}@${model.version}#${entry.sha256.slice(0, 12)}`,
    url: `${ORIGIN}/models/${model.name}/${model.entry}`,
    files: Object.fromEntries(model.files.map(({ path, sha256 }) => [path, sha256]))
  }
}

/** The model that comes with the program: coco-ssd and our head on it, named together. */
export function builtInModel(manifest: ModelManifest): SensorSettings['model'] {
  const [trunk, head] = [modelSettings(manifest, 'coco-ssd'), modelSettings(manifest, 'desk-head')]
  return { ...trunk, id: `${trunk.id}+${head.id}`, head }
}
