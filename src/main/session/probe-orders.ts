import type { FromProbe, ToProbe } from '../../contract/helper/probe'
import type { ApplicationPolicy } from '../../core/application/policy'
import type { CheckRules } from '../../core/policy/checks'

const EVERY_MS = 30_000

export interface ProbeOrdersOptions {
  readonly post: (order: ToProbe) => boolean
  readonly serviceSocket: string
  /** The rules in force, asked with each order. */
  readonly rules: () => CheckRules
  /** What the policy says of programs at this desk, whoever works here. */
  readonly applications: () => ApplicationPolicy | null
  /** How often every check runs; another in tests. */
  readonly everyMs?: number
}

/**
 * Orders to the probe, each with the number of its own. An answer to an earlier one was gathered before whatever made us
 * ask again (a sleep, another policy, another display) and is not heard, however late it arrives.
 */
export class ProbeOrders {
  readonly #options: ProbeOrdersOptions
  #newest = 0

  constructor(options: ProbeOrdersOptions) {
    this.#options = options
  }

  /** Every check at once and then again and again, under the rules of now; false while there is no probe. */
  give(): boolean {
    const { post, serviceSocket, rules, applications, everyMs = EVERY_MS } = this.#options
    this.#newest += 1
    return post({
      kind: 'run',
      order: this.#newest,
      everyMs,
      serviceSocket,
      rules: rules(),
      applications: applications()
    })
  }

  answers({ order }: Extract<FromProbe, { kind: 'checks' }>): boolean {
    return order === this.#newest
  }
}
