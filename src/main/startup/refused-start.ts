import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Left by the launcher (scripts/package/launcher.ts) when a file that the runtime loads first is not the packaged one. */
const NOTE = 'refused-start'
/** What the launcher writes: a file of the runtime, and two hashes. Anything else in its place is not passed on. */
const form = /^[\w.-]{1,60}: expected [0-9a-f]{16}, found (?:[0-9a-f]{16}|nothing)$/

/**
 * Why the launcher refused an earlier start, once: a program whose first files are altered cannot speak for itself, so
 * the next start that works tells the hub. Null when there was no such start.
 */
export function takeRefusedStart(folder: string): string | null {
  const path = join(folder, NOTE)
  if (!existsSync(path)) return null
  const [said = ''] = readFileSync(path, 'utf8').slice(0, 300).split('\n')
  rmSync(path, { force: true })
  return form.test(said) ? said : 'a note that cannot be read'
}
