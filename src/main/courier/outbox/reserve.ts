import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const RESERVE_BYTES = 1024 * 1024
/** The reserve is made again only when taking it leaves this much. */
const ROOM_BYTES = 8 * RESERVE_BYTES

/**
 * Space kept for the outbox while there was plenty: a file without meaning that is given up when the disk
 * is full, so that alerts can still be written.
 */
export class Reserve {
  constructor(private readonly path: string) {}

  /** Takes the space if the disk has plenty. True when it is held. */
  hold(): boolean {
    try {
      if (this.size() === RESERVE_BYTES) return true
      const { bavail, bsize } = statfsSync(dirname(this.path))
      if (bavail * bsize < ROOM_BYTES) return false
      const file = openSync(this.path, 'w', 0o600)
      try {
        writeSync(file, new Uint8Array(RESERVE_BYTES).fill(0x5a))
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      return true
    } catch {
      return false // no reserve: a full disk will be told sooner
    }
  }

  /** Gives the space up. True when there was some. */
  release(): boolean {
    const held = this.size() > 0
    if (held) rmSync(this.path, { force: true })
    return held
  }

  private size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0
  }
}
