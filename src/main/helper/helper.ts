import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { z } from 'zod'
import { pongSchema, type Ping } from '../../contract/helper/liveness'
import type { Logger } from '../log/logger'
import { BackOff } from './back-off'
import { helperEnvironment } from './environment'
import { Liveness, PING_MS } from './liveness'

export interface HelperOptions<From> {
  readonly name: 'guard' | 'courier' | 'proxy' | 'probe' | 'integrity'
  /** Folder of the built programs. */
  readonly programs: string
  readonly arguments?: readonly string[]
  readonly from: z.ZodType<From>
  /** A process has started: the first messages go out here. */
  readonly started: () => void
  readonly message: (message: From) => void
  /** It does not answer any more, and is being ended: `died` follows when it is gone. */
  readonly silent?: () => void
  /** It ended without being asked to; it is started again after a while. */
  readonly died: (code: number) => void
  readonly log: Logger
}

/**
 * One helper process: started, listened to through its schema, asked whether it is there, started again when it dies or
 * does not answer.
 */
export class Helper<To, From> {
  readonly #options: HelperOptions<From>
  readonly #backOff = new BackOff({ firstMs: 100, mostMs: 30_000, calmMs: 60_000 })
  readonly #liveness: Liveness
  #process: UtilityProcess | null = null
  #asking: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: HelperOptions<From>) {
    this.#options = options
    this.#liveness = new Liveness({
      ping: (number) => this.#send({ kind: 'ping', number }),
      silent: () => {
        options.log.error({ helper: options.name }, 'helper does not answer')
        options.silent?.()
        this.kill()
      }
    })
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
    this.#liveness.started()
    this.#asking ??= setInterval(() => this.#liveness.look(), PING_MS)
    child.stderr?.on('data', (chunk: Buffer) => {
      log.warn({ helper: name, said: chunk.toString('utf8').slice(0, 2000) }, 'helper wrote to stderr')
    })
    child.on('message', (raw: unknown) => {
      const pong = pongSchema.safeParse(raw)
      if (pong.success) {
        if (this.#process === child) this.#liveness.answered(pong.data.number)
        return
      }
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
    return this.#send(message)
  }

  #send(message: To | Ping): boolean {
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
    clearInterval(this.#asking)
    this.#process?.kill()
    this.#process = null
  }
}
