import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { buildHash } from '../core/integrity/build-hash'
import { applicationFolderOf, entriesOf } from './program/application-folder'
import { hashOpened } from './program/hash-file'

/** One entry of a program: a file to be hashed, or what stands for it. */
interface Entry {
  /** With `/` between folders. */
  readonly name: string
  readonly content: { readonly file: string } | { readonly text: string }
}

/**
 * SHA-256, hex, over all files of a program, by their names and contents, in the order of their names. For an archive
 * (`app.asar`) with a signed list beside it, it is over everything in the application's folder, the runtime and its
 * snapshots with it, and equals the hash of that list (`core/integrity`) as long as the program is whole. For an archive
 * without one it is the archive itself, and what the packager left unpacked beside it. Rejects when a file cannot be
 * read: a program that is not whole has no measure.
 *
 * These are hundreds of megabytes, which a slow disk takes many seconds for: whoever measures stays able to answer
 * meanwhile.
 */
export async function measureProgram(path: string): Promise<string> {
  const { entries, ofList } = withRealFiles(() => contentsOf(path))
  const hashed: { path: string; sha256: string }[] = []
  for (const { name, content } of entries) {
    const sha256 = 'file' in content ? await hashReal(content.file) : hashOf(content.text)
    hashed.push({ path: name, sha256 })
  }
  if (ofList) return buildHash(hashed)
  return hashOf(hashed.map((one) => `${one.sha256} ${one.path}\n`).join(''))
}

function contentsOf(path: string): { readonly entries: readonly Entry[]; readonly ofList: boolean } {
  const isFolder = lstatSync(path).isDirectory()
  const folder = applicationFolderOf(path)
  if (!isFolder && existsSync(folder.manifest)) {
    const entries = entriesOf(folder).map(({ path: name, kind }): Entry => ({
      name,
      content: kind === 'file' ? { file: join(folder.root, name) } : { text: `-> ${kind}` }
    }))
    return { entries, ofList: true }
  }
  const roots = isFolder ? [path] : [path, `${path}.unpacked`]
  return { entries: roots.flatMap((root) => filesUnder(root)), ofList: false }
}

/** Files by names relative to the root; of a link, where it leads. */
function filesUnder(root: string, under = ''): readonly Entry[] {
  const path = join(root, under)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return [] // no native modules, so nothing was left unpacked
  if (found.isSymbolicLink()) return [{ name: under, content: { text: `-> ${readlinkSync(path)}` } }]
  if (!found.isDirectory()) return [{ name: under, content: { file: path } }]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(root, under === '' ? name : `${under}/${name}`))
}

async function hashReal(path: string): Promise<string> {
  // Whether a path leads into an archive is decided when it is opened; what is open is a file like any other.
  const file = await withRealFiles(() => open(path, 'r'))
  try {
    return await hashOpened(file)
  } finally {
    await file.close()
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Inside Electron, files of an archive look like files of a folder unless that is switched off. `work` begins what it does
 * before it returns: afterwards the program may load code from its archive again. `process.noAsar` is Electron's; elsewhere
 * it means nothing.
 */
function withRealFiles<T>(work: () => T): T {
  const before: unknown = Reflect.get(process, 'noAsar')
  Reflect.set(process, 'noAsar', true)
  try {
    return work()
  } finally {
    Reflect.set(process, 'noAsar', before)
  }
}
