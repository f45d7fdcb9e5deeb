import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `a` is the desk; `b` is the far end of the cable and of the tunnel. */
export type Side = 'a' | 'b'

/**
 * Two network namespaces joined by a cable, made without root: user namespaces give a process rights over networks that
 * it made itself. Everything that is started in them ends with them.
 */
export class Rig {
  readonly folder = mkdtempSync(join(tmpdir(), 'hd-vpn-'))
  readonly #holder: ChildProcess
  #first = 0

  private constructor() {
    const flags = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child']
    this.#holder = spawn('unshare', [...flags, '--mount-proc', 'bash', join(import.meta.dirname, 'rig.sh')], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
  }

  static async open(): Promise<Rig> {
    const rig = new Rig()
    const { stdout, stderr, pid } = rig.#holder
    let problem = ''
    stderr?.setEncoding('utf8').on('data', (text: string) => (problem += text))
    const ready = stdout === null ? Promise.reject(new Error('no output')) : once(stdout, 'data')
    await Promise.race([
      ready,
      once(rig.#holder, 'exit').then(() =>
        Promise.reject(new Error(`the namespaces were not made: ${problem}`))
      )
    ])
    // The first process of the namespaces is the child of `unshare`.
    rig.#first = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
    return rig
  }

  /** The words before a command that runs on one side. */
  words(side: Side): readonly string[] {
    const into = [
      'nsenter',
      '--target',
      String(this.#first),
      '--user',
      '--mount',
      '--pid',
      '--preserve-credentials',
      `--wdns=${process.cwd()}`
    ]
    return [...into, 'ip', 'netns', 'exec', side]
  }

  /** Runs a command to its end and gives what it printed; throws when it fails. */
  run(side: Side, ...command: readonly string[]): string {
    const [program = '', ...args] = [...this.words(side), ...command]
    const done = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 })
    if (done.status !== 0)
      throw new Error(`${command.join(' ')}: ${done.stderr} ${done.error?.message ?? ''}`)
    return done.stdout
  }

  /** Starts a command that stays. */
  start(side: Side, ...command: readonly string[]): ChildProcess {
    const [program = '', ...args] = [...this.words(side), ...command]
    return spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  }

  /** Ends a program of these namespaces as a crash does, by how its command begins. */
  kill(command: string): void {
    this.run('a', 'pkill', '-KILL', '-f', `^${command}`)
  }

  file(name: string, text: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }

  async close(): Promise<void> {
    if (this.#holder.exitCode === null && this.#holder.signalCode === null) {
      const gone = once(this.#holder, 'exit')
      this.#holder.kill('SIGKILL')
      await gone
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Waits until something is so, at most so long. */
export async function until(holds: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
