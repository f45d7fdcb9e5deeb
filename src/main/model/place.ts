import { join } from 'node:path'

/** Where models that IT installed lie: their signed manifests, and their files by the hash of their bytes. */
export const manifestFolder = (dataFolder: string): string => join(dataFolder, 'models', 'manifests')
export const fileFolder = (dataFolder: string): string => join(dataFolder, 'models', 'files')

/** The only path at which bytes with this hash are looked for. */
export const modelFilePath = (dataFolder: string, sha256: string): string =>
  join(fileFolder(dataFolder), sha256)
