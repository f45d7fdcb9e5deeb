import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MANIFEST_NAME } from '../../core/integrity/manifest'

/** Where a packaged program lies. */
export interface ApplicationFolder {
  /** Everything that is listed lies below it. */
  readonly root: string
  /** Path of the archive below the root, `/` between folders. */
  readonly archive: string
  /** The signed list, beside the archive. Absolute. */
  readonly manifest: string
}

/** From the archive (`…/resources/app.asar`) to the folder that has the runtime: its resources lie one folder down. */
export function applicationFolderOf(archive: string): ApplicationFolder {
  const resources = dirname(archive)
  const root = dirname(resources)
  const below = archive.slice(root.length + 1).replaceAll('\\', '/')
  return { root, archive: below, manifest: join(resources, MANIFEST_NAME) }
}

/** One entry of the folder that is no folder itself. */
export interface FolderEntry {
  /** `/` between folders. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'other'
  readonly size: number
}

/** So many files can no application have: the walk ends there, and the program counts as altered. */
const MAX_ENTRIES = 10_000

/**
 * Everything below the folder but the signed list, in the order of paths. Throws where it cannot be read. Inside
 * Electron `process.noAsar` must be set: an archive looks like a folder otherwise.
 */
export function entriesOf({ root, manifest }: ApplicationFolder): readonly FolderEntry[] {
  const found: FolderEntry[] = []
  const walk = (under: string): void => {
    for (const name of readdirSync(join(root, under))) {
      const path = under === '' ? name : `${under}/${name}`
      const absolute = join(root, path)
      if (absolute === manifest) continue
      const entry = lstatSync(absolute)
      if (entry.isDirectory()) walk(path)
      else {
        const kind = entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other'
        found.push({ path, kind, size: entry.size })
      }
      if (found.length > MAX_ENTRIES) throw new Error(`more than ${String(MAX_ENTRIES)} files`)
    }
  }
  walk('')
  return found.sort((one, other) => (one.path < other.path ? -1 : 1))
}
