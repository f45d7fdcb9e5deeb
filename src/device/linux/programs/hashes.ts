import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { readFileOf } from './process'

const CHUNK = 1 << 20
/** Files that are kept in mind; more run on no desk. */
const MAX_KEPT = 4000

/** Hashes of the files that run, each read once: kept by what the kernel says the file is, not by its name. */
export class FileHashes {
  readonly #kept = new Map<string, Promise<string | undefined>>()

  /** SHA-256 of the file that a process runs, hex; undefined when it could not be read whole. */
  of(pid: number, identity: string): Promise<string | undefined> {
    const before = this.#kept.get(identity)
    if (before !== undefined) return before
    const hash = hashOf(pid, identity)
    this.#kept.set(identity, hash)
    // What could not be read is tried again.
    void hash.then((value) => value === undefined && this.#kept.delete(identity))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return hash
  }
}

async function hashOf(pid: number, identity: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    const file = await open(`/proc/${pid}/exe`, 'r')
    try {
      const buffer = Buffer.alloc(CHUNK)
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK, null)
        if (bytesRead === 0) break
        hash.update(buffer.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  } catch {
    // Gone, or not ours to read: it has no hash that anybody knows, and its rules count as unknown.
    return undefined
  }
  // The process may run another file by now: then this is the hash of nobody knows which of the two.
  const now = readFileOf(pid)
  return now !== null && now !== 'unreadable' && now.identity === identity ? hash.digest('hex') : undefined
}
