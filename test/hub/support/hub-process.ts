import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The built hub as its own process. */
export class HubProcess {
  log = ''
  #ports = { device: 0, console: 0 }
  #child: ChildProcess | null = null

  constructor(
    readonly folder: string,
    readonly more: readonly string[] = [],
    readonly env: Readonly<Record<string, string>> = {},
    /** A program that runs the hub under its eyes, with its arguments. */
    readonly under: readonly string[] = []
  ) {}

  get ports() {
    return this.#ports
  }
  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Starts it on the ports it had before; throws with what it said when it does not come up. */
  async start(): Promise<void> {
    const [program, ...args] = [...this.under, process.execPath]
    const child = spawn(
      program,
      [
        ...args,
        ...['out/hub/hub.js', 'serve', '--data', this.folder, '--until-stdin-ends'],
        ...['--device-port', String(this.#ports.device), '--console-port', String(this.#ports.console)],
        ...['--heartbeat-ms', '2000', '--beat-ms', '500', '--log-level', 'debug', ...this.more]
      ],
      { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, DATABASE_URL: undefined, ...this.env } }
    )
    this.#child = child
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      this.log += chunk.toString()
    })
    const lines = createInterface({ input: child.stdout })
    const first = await Promise.race([
      once(lines, 'line').then(([line]) => String(line)),
      once(child, 'exit').then(([code]) => `ended with ${String(code)}`)
    ])
    if (!first.startsWith('{')) throw new Error(`the hub ${first}: ${said}`)
    this.log += `${first}\n`
    this.#ports = (JSON.parse(first) as { listening: { device: number; console: number } }).listening
  }

  /** Ends it by ending its standard input. */
  async endInput(): Promise<number | null> {
    this.#child?.stdin?.end()
    return this.ended()
  }

  /** Waits until it ends by itself. */
  async ended(): Promise<number | null> {
    const child = this.#child
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }

  async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const gone = once(child, 'exit')
    child.kill(signal)
    const [code] = (await gone) as [number | null]
    return code
  }
}
