import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ModelFiles } from '../../src/vision/graph/graph-def'

/** Where bootstrap puts coco-ssd's weights. */
export const modelFolder = resolve(import.meta.dirname, '../../.runtime/models/coco-ssd')

const names = ['model.json', ...[1, 2, 3, 4, 5].map((shard) => `group1-shard${shard}of5`)]

/** Reads the weights from disk. Throws with the remedy when they are not there. */
export const readModelFiles = (folder: string = modelFolder): ModelFiles =>
  new Map(
    names.map((name) => {
      const path = join(folder, name)
      if (!existsSync(path))
        throw new Error(`The model's file ${path} is missing. Run npm start or npm test once: they fetch it.`)
      return [name, new Uint8Array(readFileSync(path))]
    })
  )

/** `coco-ssd@2.2.3#` and the first 12 hex digits of the hash over all files. */
export const modelId = (files: ModelFiles): string => {
  const hash = createHash('sha256')
  for (const bytes of files.values()) hash.update(bytes)
  return `coco-ssd@2.2.3#${hash.digest('hex').slice(0, 12)}`
}

/** SHA-256 of each file, as the sensor's settings carry them. */
export const hashesOf = (files: ModelFiles): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
  )
