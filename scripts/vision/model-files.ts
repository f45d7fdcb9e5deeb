import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Detector } from '../../src/vision/detector'
import { cocoSsd, type CocoSsdFiles } from '../../src/vision/coco-ssd/coco-ssd'
import { headFiles } from '../../src/vision/desk-head/read-head'
import type { ModelFiles } from '../../src/vision/graph/graph-def'

/** Where bootstrap puts the weights. */
export const modelsFolder = resolve(import.meta.dirname, '../../.runtime/models')
export const modelFolder = join(modelsFolder, 'coco-ssd')
export const headFolder = join(modelsFolder, 'desk-head')

const names = ['model.json', ...[1, 2, 3, 4, 5].map((shard) => `group1-shard${shard}of5`)]

const readFiles = (folder: string, wanted: readonly string[]): ModelFiles =>
  new Map(
    wanted.map((name) => {
      const path = join(folder, name)
      if (!existsSync(path))
        throw new Error(`The model's file ${path} is missing. Run npm start or npm test once: they fetch it.`)
      return [name, new Uint8Array(readFileSync(path))]
    })
  )

/** Reads coco-ssd's weights from disk. Throws with the remedy when they are not there. */
export const readModelFiles = (folder: string = modelFolder): ModelFiles => readFiles(folder, names)

/** Reads the desk head from disk. Throws with the remedy when it is not there. */
export const readHeadFiles = (folder: string = headFolder): ModelFiles =>
  readFiles(folder, Object.values(headFiles))

const hashOf = (files: ModelFiles): string => {
  const hash = createHash('sha256')
  for (const bytes of files.values()) hash.update(bytes)
  return hash.digest('hex').slice(0, 12)
}

/** `coco-ssd@2.2.3#` and the first 12 hex digits of the hash over all files. */
export const modelId = (files: ModelFiles): string => `coco-ssd@2.2.3#${hashOf(files)}`

/** The weights that ship. */
export const readShipped = (): { readonly trunk: ModelFiles; readonly head: ModelFiles } => ({
  trunk: readModelFiles(),
  head: readHeadFiles()
})

/** Name of a detector with a head: both names and hashes. */
export const shippedId = ({ trunk, head }: CocoSsdFiles): string =>
  head === null ? modelId(trunk) : `${modelId(trunk)}+desk-head#${hashOf(head)}`

/** The detector that ships, not yet loaded. */
export const shippedDetector = (files: CocoSsdFiles = readShipped()): Detector & ReturnType<typeof cocoSsd> =>
  cocoSsd(shippedId(files), files)

/** SHA-256 of each file, as the sensor's settings carry them. */
export const hashesOf = (files: ModelFiles): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
  )
