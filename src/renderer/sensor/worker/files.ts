import type { SensorSettings } from '../../../contract/ipc/schema'
import { ModelError, type ModelFiles } from '../../../vision/graph/graph-def'

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Fetches the model's files from our own origin and checks each one's SHA-256 before anybody reads it.
 * Throws `ModelError` with the file's name when one is missing or has another byte in it.
 */
export const fetchModel = async (
  { url, files }: SensorSettings['model'],
  base: string,
  load: typeof fetch = fetch
): Promise<ModelFiles> => {
  // `url` names the folder or the model.json in it.
  const folder = new URL(url.endsWith('/') || url.endsWith('.json') ? url : `${url}/`, base)
  const fetched = Object.entries(files).map(async ([name, sha256]): Promise<[string, Uint8Array]> => {
    const response = await load(new URL(name, folder)).catch((error: unknown) => {
      throw new ModelError(`The model's file ${name} could not be read (${String(error)}).`)
    })
    if (!response.ok) throw new ModelError(`The model's file ${name} could not be read (${response.status}).`)
    const bytes = await response.arrayBuffer()
    if (hex(await crypto.subtle.digest('SHA-256', bytes)) !== sha256)
      throw new ModelError(`The model's file ${name} is not the one its manifest names: its SHA-256 differs.`)
    return [name, new Uint8Array(bytes)]
  })
  return new Map(await Promise.all(fetched))
}
