import type { ApplicationsNews, ApplicationsOrder } from '../../contract/helper/applications'
import { outcomeOf, type ApplicationsOutcome, type ApplicationsVerdict } from '../../core/application/judge'
import { unknownOf, type ApplicationPolicy } from '../../core/application/policy'
import type { MonotonicMs } from '../../core/time'

/** A verdict older than this proves nothing: the process that looks has hung. It speaks every two seconds. Milliseconds. */
const STALE_MS = 6000

/** What runs beside Havendesk; null where the policy does not ask. `verdict` is null until there is one. */
export type ApplicationsStanding = {
  readonly policy: ApplicationPolicy
  readonly verdict: ApplicationsVerdict | null
  /** Programs that were closed and are still there, by their keys. */
  readonly stubborn: readonly string[]
} | null

export interface ApplicationsOptions {
  readonly now: () => MonotonicMs
  readonly serviceSocket: string
  /** Process id of main. */
  readonly main: number
  /** Sends an order to the process that looks; false while there is none. */
  readonly post: (order: ApplicationsOrder) => boolean
  readonly changed: (standing: ApplicationsStanding) => void
}

/** Keeps what is known of the programs that run: what the policy asks for, and the newest verdict while it is fresh. */
export class Applications {
  readonly #options: ApplicationsOptions
  #order: ApplicationsOrder
  #standing: ApplicationsStanding = null
  #heardAt: MonotonicMs = 0

  constructor(options: ApplicationsOptions) {
    this.#options = options
    const { serviceSocket, main } = options
    this.#order = { kind: 'applications', order: 0, serviceSocket, main, policy: null }
  }

  get standing(): ApplicationsStanding {
    return this.#standing
  }

  /** The same again changes nothing; anything else has to be looked at anew. */
  expect(policy: ApplicationPolicy | undefined): void {
    const next = { ...this.#order, policy: policy ?? null }
    if (JSON.stringify(next) === JSON.stringify(this.#order)) return
    this.#order = { ...next, order: this.#order.order + 1 }
    this.#options.post(this.#order)
    this.#settle(policy === undefined ? null : { policy, verdict: null, stubborn: [] })
  }

  /** The machine slept, or something else happened: what was known counts no more. */
  again(): void {
    if (this.#standing === null) return
    this.#order = { ...this.#order, order: this.#order.order + 1 }
    this.#options.post(this.#order)
    this.#settle({ ...this.#standing, verdict: null, stubborn: [] })
  }

  heard({ order, verdict, stubborn }: ApplicationsNews): void {
    if (order !== this.#order.order || this.#standing === null) return
    this.#heardAt = this.#options.now()
    this.#settle({ policy: this.#standing.policy, verdict, stubborn })
  }

  /** A process that looks has started, and knows nothing. */
  helperStarted(): void {
    this.#options.post(this.#order)
  }

  /** Call now and then: silence of the process that looks ends what it said. What it found stays found. */
  look(): void {
    const { verdict } = this.#standing ?? {}
    if (this.#standing === null || verdict == null || verdict.state === 'stale') return
    if (this.#options.now() - this.#heardAt <= STALE_MS) return
    const evidence = `nothing was heard for ${STALE_MS / 1000} s`
    this.#settle({ ...this.#standing, verdict: { ...verdict, state: 'stale', evidence } })
  }

  #settle(standing: ApplicationsStanding): void {
    if (JSON.stringify(standing) === JSON.stringify(this.#standing)) return
    this.#standing = standing
    this.#options.changed(standing)
  }
}

const nothing: ApplicationsOutcome = { denied: false, warned: false, noted: false, unknown: false }

/** What follows at the desk. Before the first verdict nothing does: the desk waits for it where a program can hide it. */
export const followsFrom = (standing: ApplicationsStanding): ApplicationsOutcome =>
  standing === null || standing.verdict === null
    ? nothing
    : outcomeOf(standing.policy, standing.verdict, new Set(standing.stubborn))

/** Nothing may be shown before it is known what runs. */
export const mustWait = (standing: ApplicationsStanding): boolean =>
  standing !== null && standing.verdict === null && unknownOf(standing.policy) === 'blank'
