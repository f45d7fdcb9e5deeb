import { spawn, type ChildProcess } from 'node:child_process'

/** The longest answer, characters: thousands of processes with long paths. */
const MAX_ANSWER = 8 * 1024 * 1024

/** Starts what answers; another in tests. */
export type StartHost = () => ChildProcess

export const startProgram =
  (path: string, args: readonly string[]): StartHost =>
  () =>
    spawn(path, args, { stdio: ['pipe', 'pipe', 'ignore'], shell: false, windowsHide: true })

/**
 * One program that stays and answers a line of JSON with a line of JSON, one question at a time: starting it anew for
 * each look would take longer than a look. It is ended, and started anew with the next question, when it hangs or says
 * what is no answer; and it ends by itself with its input.
 */
export class LineHost {
  readonly #start: StartHost
  readonly #limitMs: number
  #child: ChildProcess | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(start: StartHost, limitMs: number) {
    this.#start = start
    this.#limitMs = limitMs
  }

  /** Rejects when there is no answer in time, or none that is JSON. */
  ask(question: object): Promise<unknown> {
    const answer = this.#turn.then(() => this.#askNow(question))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  #started(): ChildProcess {
    if (this.#child !== null) return this.#child
    const child = this.#start()
    const gone = (): void => {
      if (this.#child === child) this.stop()
    }
    // Also when nobody asks it anything just then: the next question starts another.
    child.on('error', gone).on('exit', gone)
    child.stdin?.on('error', gone)
    this.#child = child
    return child
  }

  #askNow(question: object): Promise<unknown> {
    const child = this.#started()
    const { stdin, stdout } = child
    if (stdin === null || stdout === null)
      return Promise.reject(new Error('the program has no input or output'))
    return new Promise((resolve, reject) => {
      let said = ''
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        stdout.off('data', hear)
        child.off('error', failed).off('exit', ended)
        act()
      }
      const fail = (why: string): void => {
        settle(() => {
          if (this.#child === child) this.stop()
          reject(new Error(why))
        })
      }
      const failed = (error: Error): void => fail(error.message)
      const ended = (): void => fail('the program ended')
      const timer = setTimeout(() => fail('no answer in time'), this.#limitMs)
      const hear = (text: string): void => {
        said += text
        const end = said.indexOf('\n')
        if (said.length > MAX_ANSWER) fail('the answer is too long')
        else if (end >= 0) take(end)
      }
      const take = (end: number): void => {
        try {
          // More than a line is what nobody asked for: the next answer could not be told from it.
          if (said.slice(end + 1).trim() !== '') throw new Error('more than one line')
          const answer: unknown = JSON.parse(said.slice(0, end).replace(/^\uFEFF/, ''))
          settle(() => resolve(answer))
        } catch (error) {
          fail(`the answer cannot be read: ${error instanceof Error ? error.message : ''}`)
        }
      }
      stdout.setEncoding('utf8').on('data', hear)
      child.on('error', failed).on('exit', ended)
      stdin.write(`${JSON.stringify(question)}\n`)
    })
  }
}
