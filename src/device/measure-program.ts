import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildHash } from '../core/integrity/build-hash'
import { applicationFolderOf, entriesOf, type ApplicationFolder } from './program/application-folder'
import { hashFileSync } from './program/hash-file'

/**
 * SHA-256, hex, over all files of a program, by their names and contents, in the order of their names. For an archive
 * (`app.asar`) with a signed list beside it, it is over everything in the application's folder, the runtime and its
 * snapshots with it, and equals the hash of that list (`core/integrity`) as long as the program is whole. For an archive
 * without one it is the archive itself, and what the packager left unpacked beside it. Throws when a file cannot be
 * read: a program that is not whole has no measure.
 *
 * It runs in one go: inside Electron, files of an archive look like files of a folder unless that is switched off, and
 * nothing else may load code meanwhile.
 */
export function measureProgram(path: string): string {
  return withRealFiles(() => {
    const folder = applicationFolderOf(path)
    if (!lstatSync(path).isDirectory() && existsSync(folder.manifest)) return measureApplication(folder)
    const hash = createHash('sha256')
    for (const root of lstatSync(path).isDirectory() ? [path] : [path, `${path}.unpacked`]) {
      for (const [name, digest] of filesUnder(root)) hash.update(`${digest} ${name}\n`)
    }
    return hash.digest('hex')
  })
}

function measureApplication(folder: ApplicationFolder): string {
  const files = entriesOf(folder).map(({ path, kind }) => ({
    path,
    sha256: kind === 'file' ? hashFileSync(join(folder.root, path)) : sha256(`-> ${kind}`)
  }))
  return buildHash(files)
}

/** Files by names relative to the root, with `/` between folders; of a link, where it leads. */
function filesUnder(root: string, under = ''): [string, string][] {
  const path = join(root, under)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return [] // no native modules, so nothing was left unpacked
  if (found.isSymbolicLink()) return [[under, sha256(`-> ${readlinkSync(path)}`)]]
  if (!found.isDirectory()) return [[under, sha256(readFileSync(path))]]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(root, under === '' ? name : `${under}/${name}`))
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** `process.noAsar` is Electron's; elsewhere it means nothing. */
function withRealFiles<T>(work: () => T): T {
  const before: unknown = Reflect.get(process, 'noAsar')
  Reflect.set(process, 'noAsar', true)
  try {
    return work()
  } finally {
    Reflect.set(process, 'noAsar', before)
  }
}
