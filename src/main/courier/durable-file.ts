import { constants } from 'node:fs'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaces a file as a whole: after a power cut either the old or the new bytes are there, never a mixture. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(draft, { force: true }) // a full disk leaves a partial draft: it must not eat the rest
    throw error
  }
  await file.close()
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Reads a regular file of at most `maxBytes`; null when there is none. Follows no link. */
export async function readSmall(path: string, maxBytes: number): Promise<Uint8Array | null> {
  let file: FileHandle
  try {
    file = await open(path, constants.O_RDONLY | noFollow)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  try {
    const { size } = await file.stat()
    if (size > maxBytes) throw new Error(`${size} bytes; at most ${maxBytes} are read`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** Overwrites a file's bytes, then removes it. What the disk itself keeps beneath cannot be promised. */
export async function removeSecurely(path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | noFollow)
  try {
    const { size } = await file.stat()
    await file.write(new Uint8Array(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await rm(path)
  await syncFolder(dirname(path))
}

/** Makes names in a folder durable. Windows cannot sync a folder and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle
  try {
    handle = await open(folder, constants.O_RDONLY)
  } catch (error) {
    if (['EISDIR', 'EPERM', 'EACCES'].includes(codeOf(error)) && (await stat(folder)).isDirectory()) return
    throw error
  }
  try {
    await handle.sync()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR'].includes(codeOf(error))) throw error
  } finally {
    await handle.close()
  }
}

/** Where the OS has no such flag it is absent, and links cannot be made by ordinary users either. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

/** The `code` of a system error, or an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
