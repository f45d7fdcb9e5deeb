import { randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'

/** Bytes of each key of the hub's own. */
export const KEY_BYTES = 32

/**
 * Reads a key of the hub's own that stands in its data folder, or makes it the first time, on the disk before it is used.
 * Throws when the file is there and holds no key, with what to do: a new one in its place would silently void what the old one
 * made.
 */
export async function openKeyFile(file: string, remedy: string): Promise<Buffer> {
  const key = (await makeKey(file)) ?? (await readFile(file))
  if (key.length !== KEY_BYTES) throw new Error(`${file} has to hold ${KEY_BYTES} bytes. ${remedy}`)
  return key
}

/** A new key, or null when the file is there already. */
async function makeKey(file: string): Promise<Buffer | null> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
    throw error
  })
  if (handle === null) return null
  const key = randomBytes(KEY_BYTES)
  try {
    await handle.writeFile(key)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return key
}
