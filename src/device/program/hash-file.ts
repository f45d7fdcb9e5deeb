import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'

const CHUNK_BYTES = 4 * 1024 * 1024

/** Called after each chunk of a file: waits, so that a check in the background leaves the machine to its person. */
export type Pause = () => Promise<void>

/** A part of a file, bytes. */
export interface Stretch {
  readonly from: number
  readonly bytes: number
}
const whole: Stretch = { from: 0, bytes: Infinity }
const atOnce: Pause = () => Promise.resolve()

/** SHA-256 of a stretch of a file, hex: all of it unless told otherwise. Holds one chunk in memory. */
export async function hashFile(path: string, pause: Pause, stretch: Stretch = whole): Promise<string> {
  const file = await open(path, 'r')
  try {
    return await hashOpened(file, pause, stretch)
  } finally {
    await file.close()
  }
}

/** The same of a file that is open already; it stays open. */
export async function hashOpened(
  file: FileHandle,
  pause: Pause = atOnce,
  { from, bytes }: Stretch = whole
): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, bytes)))
  for (let at = 0; at < bytes;) {
    const length = Math.min(buffer.length, bytes - at)
    const { bytesRead } = await file.read(buffer, 0, length, from + at)
    if (bytesRead === 0) break
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
    await pause()
  }
  return hash.digest('hex')
}
