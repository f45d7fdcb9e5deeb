import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * SHA-256, hex, over all files of a program, by their names and contents, in the order of their names. For an archive
 * (`app.asar`) it is the archive itself, and what the packager left unpacked beside it. Throws when a file cannot be
 * read: a program that is not whole has no measure.
 *
 * It runs in one go: inside Electron, files of an archive look like files of a folder unless that is switched off, and
 * nothing else may load code meanwhile.
 */
export function measureProgram(path: string): string {
  return withRealFiles(() => {
    const hash = createHash('sha256')
    for (const root of lstatSync(path).isDirectory() ? [path] : [path, `${path}.unpacked`]) {
      for (const [name, digest] of filesUnder(root)) hash.update(`${digest} ${name}\n`)
    }
    return hash.digest('hex')
  })
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
