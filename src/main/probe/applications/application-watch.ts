import type { ApplicationsNews, ApplicationsOrder } from '../../../contract/helper/applications'
import {
  deciderOf,
  judgeApplications,
  unreadableApplications,
  type ApplicationsVerdict
} from '../../../core/application/judge'
import { wantsHashes, wantsMakers, type ApplicationPolicy } from '../../../core/application/policy'
import type { Program } from '../../../core/application/program'
import type { Device } from '../../../device/contract'
import type { ProgramReader } from '../../../device/contract/programs'
import { Closing } from './closing'

/** A look begins this long after the one before began, milliseconds: with a look itself, found well within two seconds. */
const EVERY_MS = 750
/** What is said is said again after this long, so that silence is known for what it is, milliseconds. */
const REPEAT_MS = 2000
/** The service is asked no longer than this, milliseconds. */
const ASK_MS = 1500
const MAX_BYTES = 64 * 1024

export interface ApplicationWatchOptions {
  readonly device: Pick<Device, 'programFiles'> & { readonly platform: Pick<Device['platform'], 'programs'> }
  readonly post: (news: ApplicationsNews) => void
  readonly everyMs?: number
}

interface Watched {
  readonly order: ApplicationsOrder
  readonly policy: ApplicationPolicy
  readonly judge: (programs: readonly Program[]) => ApplicationsVerdict
  readonly closing: Closing
}

/** Looks at everything that runs, again and again, judges it under the policy, and closes what it says to close. */
export class ApplicationWatch {
  readonly #options: ApplicationWatchOptions
  readonly #reader: ProgramReader | undefined
  #watched: Watched | null = null
  #timer: NodeJS.Timeout | undefined
  #said = ''
  #saidAt = 0

  constructor(options: ApplicationWatchOptions) {
    this.#options = options
    this.#reader = options.device.platform.programs?.()
  }

  /** Takes a new order; one without a policy ends the watch. */
  set(order: ApplicationsOrder): void {
    this.stop()
    const { policy } = order
    if (policy === null) return
    const decide = deciderOf(policy)
    const watched: Watched = {
      order,
      policy,
      judge: (programs) => judgeApplications(policy, programs, decide),
      closing: new Closing((program, how) => this.#reader?.end(program, how) ?? false)
    }
    this.#watched = watched
    this.#said = ''
    void this.#round(watched)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#watched = null
  }

  async #round(watched: Watched): Promise<void> {
    const began = performance.now()
    const { verdict, stubborn } = await this.#look(watched)
    if (this.#watched !== watched) return
    this.#say({
      kind: 'applications',
      order: watched.order.order,
      verdict,
      stubborn: [...stubborn].slice(0, 32)
    })
    const wait = Math.max(0, (this.#options.everyMs ?? EVERY_MS) - (performance.now() - began))
    this.#timer = setTimeout(() => void this.#round(watched), wait)
  }

  async #look({ order, policy, judge, closing }: Watched): Promise<{
    readonly verdict: ApplicationsVerdict
    readonly stubborn: readonly string[]
  }> {
    const none = (problem: string) => ({ verdict: unreadableApplications(problem), stubborn: [] })
    if (this.#reader === undefined) return none('programs are not looked at on this system')
    try {
      const programs = await this.#reader.look({
        hashes: wantsHashes(policy),
        makers: wantsMakers(policy),
        main: order.main,
        ask: (pids, hashes) => this.#ask(order.serviceSocket, pids, hashes)
      })
      const verdict = judge(programs)
      return { verdict, stubborn: closing.close(verdict.found, programs, performance.now()) }
    } catch (error) {
      return none(error instanceof Error ? error.message : 'what runs could not be read')
    }
  }

  async #ask(serviceSocket: string, pids: readonly number[], hashes: boolean) {
    const abort = new AbortController()
    const limit = setTimeout(() => abort.abort(new Error(`no answer within ${ASK_MS} ms`)), ASK_MS)
    try {
      const limits = { timeoutMs: ASK_MS, maxBytes: MAX_BYTES, signal: abort.signal }
      return await this.#options.device.programFiles(serviceSocket, pids, hashes, limits)
    } finally {
      clearTimeout(limit)
    }
  }

  #say(news: ApplicationsNews): void {
    const text = JSON.stringify(news)
    const now = performance.now()
    if (text === this.#said && now - this.#saidAt < REPEAT_MS) return
    this.#said = text
    this.#saidAt = now
    this.#options.post(news)
  }
}
