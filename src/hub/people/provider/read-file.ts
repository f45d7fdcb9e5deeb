import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { providerListSchema, type ProviderConfig } from './config'

/** Reads the file that IT writes about sign-in providers. Says which field of which one is wrong. */
export async function readProviderFile(file: string): Promise<ProviderConfig[]> {
  if (process.getuid !== undefined && ((await stat(file)).mode & 0o077) !== 0) {
    throw new Error(`${file} holds secrets and others can read it. Run: chmod 600 ${file}`)
  }
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`, {
      cause: error
    })
  }
  const parsed = providerListSchema.safeParse(json)
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
