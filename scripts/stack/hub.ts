import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'
import { endGroup, firstLine, type Children } from './children'

const listeningSchema = z.object({
  listening: z.object({
    device: z.number().int(),
    console: z.number().int(),
    integration: z.number().int().optional()
  })
})

export interface HubOptions {
  readonly data: string
  /** 0 lets the system choose; a restart names the ports that were chosen. */
  readonly devicePort?: number
  readonly consolePort?: number
  /** Left out: the integration API is not served. */
  readonly integrationPort?: number
  /** File of OpenID Connect providers for the console. */
  readonly signInProviders?: string
  /** How often desks say that they live, milliseconds. */
  readonly heartbeatMs?: number
}

/** The real hub program, as a process that can be ended, killed and started again on the same ports. */
export class Hub {
  readonly #children: Children
  readonly #options: HubOptions
  #process: ChildProcess
  readonly devicePort: number
  readonly consolePort: number
  readonly integrationPort: number | null

  private constructor(children: Children, options: HubOptions, process: ChildProcess, ports: HubPorts) {
    this.#children = children
    this.#options = options
    this.#process = process
    this.devicePort = ports.device
    this.consolePort = ports.console
    this.integrationPort = ports.integration ?? null
  }

  static async start(children: Children, options: HubOptions): Promise<Hub> {
    const { child, ports } = await serve(children, options)
    return new Hub(children, options, child, ports)
  }

  get consoleUrl(): string {
    return `http://localhost:${String(this.consolePort)}`
  }
  get deviceUrl(): string {
    return `https://localhost:${String(this.devicePort)}`
  }
  get integrationUrl(): string {
    return `https://localhost:${String(this.integrationPort)}`
  }
  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    const gone = new Promise((done) => this.#process.once('exit', done))
    this.#process.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    await endGroup(this.#process)
  }

  /** Starts it again on the same data and ports. */
  async restart(): Promise<void> {
    const again = {
      ...this.#options,
      devicePort: this.devicePort,
      consolePort: this.consolePort,
      ...(this.integrationPort === null ? {} : { integrationPort: this.integrationPort })
    }
    this.#process = (await serve(this.#children, again)).child
  }
}

interface HubPorts {
  readonly device: number
  readonly console: number
  readonly integration?: number | undefined
}

async function serve(
  children: Children,
  options: HubOptions
): Promise<{ child: ChildProcess; ports: HubPorts }> {
  const program = resolve('out/hub/hub.js')
  if (!existsSync(program)) throw new Error('out/hub/hub.js is missing: run npm run build:test')
  const args = [
    program,
    'serve',
    '--data',
    options.data,
    '--device-port',
    String(options.devicePort ?? 0),
    '--console-port',
    String(options.consolePort ?? 0),
    '--accept',
    'demo,test',
    '--heartbeat-ms',
    String(options.heartbeatMs ?? 2000),
    ...(options.integrationPort === undefined ? [] : ['--integration-port', String(options.integrationPort)]),
    ...(options.signInProviders === undefined ? [] : ['--sign-in-providers', options.signInProviders])
  ]
  const child = children.start(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const read = (line: string): HubPorts | null => {
    if (!line.includes('"listening"')) return null
    const parsed = listeningSchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data.listening : null
  }
  return { child, ports: await firstLine(child, read, 60_000) }
}
