import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

const CHUNK_BYTES = 4 * 1024 * 1024

/** Called after each chunk of a file: waits, so that a check in the background leaves the machine to its person. */
export type Pause = () => Promise<void>

/** SHA-256 of a stretch of a file, hex: all of it unless told otherwise. Holds one chunk in memory. */
export async function hashFile(
  path: string,
  pause: Pause,
  stretch: { readonly from: number; readonly bytes: number } = { from: 0, bytes: Infinity }
): Promise<string> {
  const file = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, stretch.bytes)))
    for (let at = 0; at < stretch.bytes;) {
      const length = Math.min(buffer.length, stretch.bytes - at)
      const { bytesRead } = await file.read(buffer, 0, length, stretch.from + at)
      if (bytesRead === 0) break
      hash.update(buffer.subarray(0, bytesRead))
      at += bytesRead
      await pause()
    }
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/** The same in one go: nothing else of this process runs meanwhile. */
export function hashFileSync(path: string): string {
  const file = openSync(path, 'r')
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read))
    }
    return hash.digest('hex')
  } finally {
    closeSync(file)
  }
}
