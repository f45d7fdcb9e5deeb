import { fromProbeSchema, type FromProbe, type ToProbe } from '../../../contract/helper/probe'
import type { ApplicationsNews } from '../../../contract/helper/applications'
import type { TunnelNews } from '../../../contract/helper/tunnel'
import type { CheckResult } from '../../../core/check/check'
import type { ApplicationPolicy } from '../../../core/application/policy'
import type { CheckRules } from '../../../core/policy/checks'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import { ProbeOrders } from '../../session/probe-orders'
import type { Step } from '../sequence'

/** What can be asked of the running probe. */
export interface ProbeHandle {
  /** Every check at once, under the rules of now. */
  readonly lookAgain: () => void
  /** Sends an order; false while there is no process. */
  readonly post: (order: ToProbe) => boolean
  readonly stop: () => void
}

/** Asks the machine what it is, in a process of its own: a slow answer holds up nothing. */
export const probe = (options: {
  readonly programs: string
  readonly log: Logger
  readonly serviceSocket: string
  /** The rules in force, asked with each order. */
  readonly rules: () => CheckRules
  readonly programsAllowed: () => ApplicationPolicy | null
  readonly checks: (checks: readonly CheckResult[]) => void
  readonly onBattery: (onBattery: boolean | null) => void
  readonly tunnel: (news: TunnelNews) => void
  readonly applications: (news: ApplicationsNews) => void
  /** A process is there, and knows nothing yet. */
  readonly started: () => void
  readonly died: () => void
}): Step<ProbeHandle> => ({
  name: 'probe',
  perform: () => {
    const { serviceSocket, rules, programsAllowed } = options
    const orders = new ProbeOrders({
      post: (order) => helper.post(order),
      serviceSocket,
      rules,
      applications: programsAllowed
    })
    const helper: Helper<ToProbe, FromProbe> = new Helper<ToProbe, FromProbe>({
      name: 'probe',
      programs: options.programs,
      from: fromProbeSchema,
      started: () => {
        orders.give()
        options.started()
      },
      message: (message) => {
        if (message.kind === 'power') options.onBattery(message.onBattery)
        else if (message.kind === 'tunnel') options.tunnel(message)
        else if (message.kind === 'applications') options.applications(message)
        else if (orders.answers(message)) options.checks(message.checks)
      },
      died: options.died,
      log: options.log
    })
    helper.start()
    return {
      lookAgain: () => void orders.give(),
      post: (message) => helper.post(message),
      stop: () => helper.stop()
    }
  },
  revert: (handle) => handle?.stop()
})
