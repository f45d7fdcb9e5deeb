import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { z } from 'zod'
import type { Logger } from '../log/logger'
import { BackOff } from './back-off'
import { helperEnvironment } from './environment'

export interface HelperOptions<From> {
  readonly name: 'guard' | 'courier' | 'proxy' | 'probe' | 'integrity'
  /** Folder of the built programs. */
  readonly programs: string
  readonly arguments?: readonly string[]
  readonly from: z.ZodType<From>
  /** A process has started: the first messages go out here. */
  readonly started: () => void
  readonly message: (message: From) => void
  /** It ended without being asked to; it is started again after a while. */
  readonly died: (code: number) => void
  readonly log: Logger
}

/** One helper process: started, listened to through its schema, started again when it dies. */
export class Helper<To, From> {
  readonly #options: HelperOptions<From>
  readonly #backOff = new BackOff({ firstMs: 100, mostMs: 30_000, calmMs: 60_000 })
  #process: UtilityProcess | null = null
  #again: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: HelperOptions<From>) {
    this.#options = options
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  start(): void {
    if (this.#stopped || this.#process !== null) return
    const { name, programs, log } = this.#options
    const child = utilityProcess.fork(join(programs, `${name}.cjs`), [...(this.#options.arguments ?? [])], {
      serviceName: `havendesk-${name}`,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: helperEnvironment(process.env)
    })
    this.#process = child
    child.stderr?.on('data', (chunk: Buffer) => {
      log.warn({ helper: name, said: chunk.toString('utf8').slice(0, 2000) }, 'helper wrote to stderr')
    })
    child.on('message', (raw: unknown) => {
      const message = this.#options.from.safeParse(raw)
      if (message.success) this.#options.message(message.data)
      else log.error({ helper: name, problem: message.error.message.slice(0, 300) }, 'unreadable message')
    })
    child.once('exit', (code) => {
      if (this.#process !== child) return
      this.#process = null
      if (this.#stopped) return
      const wait = this.#backOff.after(performance.now())
      log.error({ helper: name, code, wait }, 'helper died')
      this.#again = setTimeout(() => {
        this.start()
      }, wait)
      this.#options.died(code)
    })
    this.#options.started()
  }

  /** Sends to the living process; false when there is none. */
  post(message: To): boolean {
    if (this.#process === null) return false
    this.#process.postMessage(message)
    return true
  }

  /** Ends a process that does not answer; it is started again like one that died. */
  kill(): void {
    const { pid } = this.#process ?? {}
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }

  /** Ends it for good. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#again)
    this.#process?.kill()
    this.#process = null
  }
}
