import { spawnSync } from 'node:child_process'
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { filesInArchive } from '../../src/device/program/archive'

/** The test flavour as it would be installed; packaged once for all scenes. */
export class PackagedProgram {
  readonly folder: string
  readonly #copies: string

  private constructor(folder: string) {
    this.folder = folder
    this.#copies = join(dirname(folder), 'copies')
  }

  /** Runs `npm run dist` for the test flavour; HAVENDESK_PACKAGED names one that was packaged before. */
  static make(): PackagedProgram {
    const before = process.env['HAVENDESK_PACKAGED']
    if (before !== undefined) return new PackagedProgram(resolve(before))
    const made = spawnSync(
      process.execPath,
      [resolve('node_modules/tsx/dist/cli.mjs'), 'scripts/dist.ts', '--flavour', 'test'],
      { encoding: 'utf8', timeout: 240_000 }
    )
    if (made.status !== 0) throw new Error(`npm run dist failed:\n${made.stdout}\n${made.stderr}`)
    return new PackagedProgram(resolve('out/dist/test/package/linux-unpacked'))
  }

  /** A copy to alter: its files are those of the original until one is written anew. */
  copy(name: string): ProgramCopy {
    const to = join(this.#copies, name)
    rmSync(to, { recursive: true, force: true })
    linkTree(this.folder, to)
    return new ProgramCopy(to)
  }

  remove(): void {
    rmSync(this.#copies, { recursive: true, force: true })
  }
}

export class ProgramCopy {
  constructor(readonly folder: string) {}

  get launcher(): string {
    return join(this.folder, 'havendesk')
  }
  get runtime(): string {
    return join(this.folder, 'havendesk-runtime')
  }

  /** Flips one bit of a file: of its last byte, unless told where. */
  flip(path: string, at?: number): void {
    const absolute = join(this.folder, path)
    const { mode } = lstatSync(absolute)
    const bytes = readFileSync(absolute)
    const where = at ?? bytes.length - 1
    bytes[where] = (bytes[where] ?? 0) ^ 1
    rmSync(absolute) // the original's bytes stay
    writeFileSync(absolute, bytes, { mode })
  }

  /** Flips one bit inside `app.asar`: of the byte `into` a file in it where `text` stands, so that it still runs. */
  async flipInside(path: string, text: string | number): Promise<void> {
    const archive = join(this.folder, 'resources', 'app.asar')
    const file = (await filesInArchive(archive)).find((one) => one.path === path)
    if (file === undefined) throw new Error(`the archive has no ${path}`)
    const bytes = readFileSync(archive).subarray(file.from, file.from + file.bytes)
    const at = typeof text === 'number' ? text : bytes.indexOf(text)
    if (at === -1) throw new Error(`${path} has no ${String(text)}`)
    this.flip('resources/app.asar', file.from + at)
  }

  add(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  remove(path: string): void {
    rmSync(join(this.folder, path))
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [one, other] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(one, other)
    else linkSync(one, other)
  }
}
