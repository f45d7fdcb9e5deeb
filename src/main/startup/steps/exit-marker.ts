import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from '../sequence'

/** The run that did not end well: its boot, or null when the marker could not be read. */
export interface UncleanExit {
  readonly boot: string | null
}

/** Leaves a marker that only an orderly end removes. Found at a start, it says that the run before was cut short. */
export function exitMarker(folder: string, boot: string): Step<UncleanExit | null> {
  const path = join(folder, 'running.json')
  return {
    name: 'exit marker',
    perform: () => {
      const before = existsSync(path) ? { boot: bootOf(path) } : null
      const file = openSync(path, 'w', 0o600)
      try {
        writeSync(file, `${JSON.stringify({ boot })}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      return before
    },
    revert: () => {
      rmSync(path, { force: true })
    }
  }
}

function bootOf(path: string): string | null {
  try {
    const { boot } = JSON.parse(readFileSync(path, 'utf8')) as { boot?: unknown }
    return typeof boot === 'string' ? boot : null
  } catch {
    return null // cut short while it was written
  }
}
