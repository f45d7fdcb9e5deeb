import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What starts in the watched folder, and under which rules. Names are paths within that folder. */
export interface Trial {
  readonly programs: Readonly<Record<string, Buffer>>
  readonly rules: string
  /** Lines of fapolicyd.trust: path, size, SHA-256. */
  readonly trust?: string
  readonly permissive?: boolean
}

/** How a trial ended. */
export interface Outcome {
  /** Exit code by program: 0 where it ran, 126 where it was refused. `linker`: `by-hash`, started by the dynamic linker. */
  readonly codes: Readonly<Record<string, number>>
  /** What `fagenrules` made of the rules and those of the package. */
  readonly compiled: string
  readonly settings: string
  readonly log: string
}

const LIMIT_MS = 30_000

/** A real fapolicyd over one folder, in mounts of its own: nothing of this machine is watched. Root alone may make one. */
export class FapolicydRig {
  readonly folder = mkdtempSync(join(tmpdir(), 'fapolicyd-'))
  readonly watched = join(this.folder, 'watched')
  readonly #package = join(this.folder, 'package')

  /** Debian's package, unpacked and not installed: installing it would start it over the whole machine. */
  constructor() {
    mkdirSync(this.#package)
    chmodSync(this.folder, 0o755)
    const options = { cwd: this.#package, stdio: 'pipe' } as const
    const download = ['-q', 'download', 'fapolicyd', 'liblmdb0']
    // Lists of packages that are missing or old name none, or none that is still there.
    if (spawnSync('apt-get', download, options).status !== 0) {
      execFileSync('apt-get', ['-q', 'update'], options)
      execFileSync('apt-get', download, options)
    }
    execFileSync('sh', ['-c', 'for package in *.deb; do dpkg-deb -x "$package" .; done'], options)
  }

  run({ programs, rules, trust = '', permissive = false }: Trial): Outcome {
    const settings =
      `permissive = ${permissive ? '1' : '0'}\nuid = root\ngid = root\ndb_max_size = 50\nq_size = 640\n` +
      'watch_fs = ramfs\ntrust = file\nintegrity = none\nallow_filesystem_mark = 0\n'
    rmSync(join(this.folder, 'programs'), { recursive: true, force: true })
    for (const [name, bytes] of Object.entries(programs)) {
      const path = join(this.folder, 'programs', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, bytes, { mode: 0o755 })
    }
    for (const [name, text] of Object.entries({ conf: settings, rules, trust }))
      writeFileSync(join(this.folder, name), text)
    const own = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
    const rig = ['bash', join(import.meta.dirname, 'rig.sh'), this.folder, this.#package]
    const { stdout, stderr, status } = spawnSync('unshare', [...own, ...rig], {
      encoding: 'utf8',
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL'
    })
    const log = this.#read('log')
    if (status !== 0) throw new Error(`fapolicyd could not be tried (${String(status)}): ${stderr}\n${log}`)
    const codes = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])])
    )
    return { codes, compiled: this.#read('compiled.rules'), settings, log }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #read(name: string): string {
    const path = join(this.folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
}
