import { constants } from 'node:fs'
import { open, readdir, readlink, stat } from 'node:fs/promises'
import { SourceError, type SourceFile } from '../contract/sources'
import { decode } from '../contract/decode'

const CHUNK_BYTES = 64 * 1024
/** More names than this in one folder is not what a check reads. */
const MAX_NAMES = 50_000

/**
 * Reads a text file of the system. The kernel's files have no size of their own, so it is read to its end or to the limit.
 * A pipe or a device in its place is not waited for.
 */
export async function readSource(path: string, maxBytes: number): Promise<SourceFile> {
  const name = withoutHome(path)
  return guarded(path, async () => {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await file.stat()
      if (!stats.isFile()) throw new SourceError('unusable', `${name} is not a file`)
      const chunks: Buffer[] = []
      let bytes = 0
      for (;;) {
        const chunk = Buffer.alloc(CHUNK_BYTES)
        const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null)
        if (bytesRead === 0) break
        bytes += bytesRead
        if (bytes > maxBytes) throw new SourceError('unusable', `${name} is too long`)
        chunks.push(chunk.subarray(0, bytesRead))
      }
      const text = decode(Buffer.concat(chunks))
      if (text === null) throw new SourceError('unusable', `${name} is not UTF-8`)
      return { text, modifiedMs: changedMs(stats) }
    } finally {
      await file.close()
    }
  })
}

/** The names in a folder. */
export const listSource = (path: string): Promise<readonly string[]> =>
  guarded(path, async () => {
    const names = await readdir(path)
    if (names.length > MAX_NAMES) throw new SourceError('unusable', `${withoutHome(path)} holds too much`)
    return names
  })

export const folderChangedMs = (path: string): Promise<number> =>
  guarded(path, async () => {
    const stats = await stat(path)
    if (!stats.isDirectory()) throw new SourceError('unusable', `${withoutHome(path)} is not a folder`)
    return changedMs(stats)
  })

/** A copy may keep the time of its original's change (`cp -p`, a package); the time of its being put there cannot be set. */
const changedMs = ({ mtimeMs, ctimeMs }: { readonly mtimeMs: number; readonly ctimeMs: number }): number =>
  Math.max(mtimeMs, ctimeMs)

export const linkSource = (path: string): Promise<string> => guarded(path, () => readlink(path))

/** A path as it may be told: evidence leaves the computer, and a home folder bears a person's name. */
const withoutHome = (path: string): string => path.replace(/\/(home|Users)\/[^/]+/, '~')

/** What is not there, or goes away while it is read, is absent; all else that fails is unusable. */
async function guarded<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SourceError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const gone = ['ENOENT', 'ENOTDIR', 'ESRCH', 'ENODEV', 'ENXIO'].includes(code)
    throw new SourceError(gone ? 'absent' : 'unusable', `${withoutHome(path)}: ${code}`)
  }
}
