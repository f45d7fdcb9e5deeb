import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fromCourierSchema, type FromCourier, type ToCourier } from '../../src/contract/helper/courier'

/** The courier's program in a process of its own, with the keychain of the session. */
export class CourierProcess {
  readonly said: FromCourier[] = []
  stderr = ''
  readonly #child: ChildProcess
  #waiters: (() => void)[] = []

  /**
   * `program` is `child.ts`, compiled; `wrapper` a command that starts it, such as strace with its arguments.
   */
  constructor(
    program: string,
    wrapper: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {}
  ) {
    const [command = process.execPath, ...before] = wrapper.length === 0 ? [] : [...wrapper, process.execPath]
    this.#child = fork(program, [], {
      execPath: command,
      execArgv: [...before],
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    })
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.#child.on('message', (message) => {
      this.said.push(fromCourierSchema.parse(message))
      for (const wake of this.#waiters.splice(0)) wake()
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  send(message: ToCourier): void {
    this.#child.send(message)
  }

  async hear<K extends FromCourier['kind']>(
    kind: K,
    fits: (message: Extract<FromCourier, { kind: K }>) => boolean = () => true,
    withinMs = 45_000
  ): Promise<Extract<FromCourier, { kind: K }>> {
    const until = performance.now() + withinMs
    for (;;) {
      for (const message of this.said) {
        if (message.kind !== kind) continue
        const found = message as Extract<FromCourier, { kind: K }>
        if (fits(found)) return found
      }
      const left = until - performance.now()
      if (left <= 0)
        throw new Error(`no ${kind}; heard ${JSON.stringify(this.said.slice(-6))} ${this.stderr}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiters.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill(signal)
    await gone
  }
}
