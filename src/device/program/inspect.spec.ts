import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildHash } from '../../core/integrity/build-hash'
import { MANIFEST_NAME, type ListedFile, type ProgramManifest } from '../../core/integrity/manifest'
import { measureProgram } from '../measure-program'
import { applicationFolderOf, entriesOf } from './application-folder'
import { filesInArchive } from './archive'
import { inspectProgram } from './inspect'

const hashOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const atOnce = (): Promise<void> => Promise.resolve()

/** An archive as electron/asar writes it: two Pickle frames, the header, the files. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const contents = Object.entries(files)
  let offset = 0
  const nodes = contents.map(([name, text]) => {
    const node = [name, { size: text.length, offset: String(offset) }] as const
    offset += text.length
    return node
  })
  const header = {
    files: { main: { files: Object.fromEntries(nodes) }, 'x.node': { size: 3, unpacked: true } }
  }
  const json = Buffer.from(JSON.stringify(header))
  const padded = Math.ceil(json.length / 4) * 4
  const frame = Buffer.alloc(16 + padded)
  frame.writeUInt32LE(4, 0)
  frame.writeUInt32LE(padded + 8, 4)
  frame.writeUInt32LE(padded + 4, 8)
  frame.writeUInt32LE(json.length, 12)
  json.copy(frame, 16)
  return Buffer.concat([frame, ...contents.map(([, text]) => Buffer.from(text))])
}

let root: string
let asar: string
let manifest: ProgramManifest

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'program-'))
  asar = join(root, 'resources', 'app.asar')
  mkdirSync(join(root, 'resources'))
  mkdirSync(join(root, 'locales'))
  writeFileSync(asar, archive({ 'index.cjs': 'program', 'shell.cjs': 'preload' }))
  writeFileSync(join(root, 'locales', 'en.pak'), 'words')
  writeFileSync(join(root, 'havendesk'), 'runtime')
  const list = (path: string, bytes: Buffer): ListedFile => ({
    path,
    size: bytes.length,
    sha256: hashOf(bytes)
  })
  const bytes = readFileSync(asar)
  manifest = {
    schema: 1,
    version: '1',
    flavour: 'test',
    files: entriesOf(applicationFolderOf(asar)).map(({ path }) => list(path, readFileSync(join(root, path)))),
    inside: (await filesInArchive(asar)).map((file) =>
      list(file.path, bytes.subarray(file.from, file.from + file.bytes))
    )
  }
  writeFileSync(join(root, 'resources', MANIFEST_NAME), 'the signed list itself')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const inspect = async (): Promise<string[]> =>
  (await inspectProgram(applicationFolderOf(asar), manifest, atOnce)).map(
    ({ kind, path }) => `${kind} ${path}`
  )

describe('A2: reading a packaged program', () => {
  test('finds nothing in a whole one, whose list gives the hash that is measured', async () => {
    expect(await inspect()).toEqual([])
    expect(manifest.inside.map(({ path }) => path)).toEqual(['main/index.cjs', 'main/shell.cjs'])
    expect(await measureProgram(asar)).toBe(buildHash(manifest.files))
  })

  test('names the file inside the archive whose byte was flipped', async () => {
    const bytes = readFileSync(asar)
    const at = bytes.indexOf('preload')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(asar, bytes)
    expect(await inspect()).toEqual([
      'changed resources/app.asar > main/shell.cjs',
      'changed resources/app.asar'
    ])
  })

  test('names the archive alone when its header was altered, or when it is none', async () => {
    const bytes = readFileSync(asar)
    bytes[20] = (bytes[20] ?? 0) ^ 1
    writeFileSync(asar, bytes)
    expect(await inspect()).toContain('changed resources/app.asar')
    writeFileSync(asar, 'no archive')
    expect(await inspect()).toEqual(['changed resources/app.asar'])
  })

  test.each([
    ['a file that was added', () => writeFileSync(join(root, 'lib.so'), 'x'), 'added lib.so'],
    ['a link that was added', () => symlinkSync('/etc/passwd', join(root, 'more')), 'added more'],
    ['a file that is gone', () => rmSync(join(root, 'locales', 'en.pak')), 'missing locales/en.pak'],
    [
      'a folder beside the archive',
      () => {
        mkdirSync(join(root, 'resources', 'app'))
        writeFileSync(join(root, 'resources', 'app', 'index.js'), 'x')
      },
      'added resources/app/index.js'
    ],
    [
      'a link in a file’s place',
      () => {
        rmSync(join(root, 'havendesk'))
        symlinkSync('/bin/true', join(root, 'havendesk'))
      },
      'changed havendesk'
    ]
  ])('finds %s, and the program measures otherwise', async (_what, change, expected) => {
    const before = await measureProgram(asar)
    change()
    expect(await inspect()).toEqual([expected])
    expect(await measureProgram(asar)).not.toBe(before)
  })
})
