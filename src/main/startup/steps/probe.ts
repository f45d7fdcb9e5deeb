import { fromProbeSchema, type FromProbe, type ToProbe } from '../../../contract/helper/probe'
import type { TunnelNews } from '../../../contract/helper/tunnel'
import type { CheckResult } from '../../../core/check/check'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

const EVERY_MS = 30_000

/** Asks the machine what it is, in a process of its own: a slow answer holds up nothing. */
export const probe = (options: {
  readonly programs: string
  readonly log: Logger
  readonly serviceSocket: string
  readonly checks: (checks: readonly CheckResult[]) => void
  readonly onBattery: (onBattery: boolean | null) => void
  readonly tunnel: (news: TunnelNews) => void
  /** A process is there, and knows nothing yet. */
  readonly started: () => void
  readonly died: () => void
}): Step<Helper<ToProbe, FromProbe>> => ({
  name: 'probe',
  perform: () => {
    const helper: Helper<ToProbe, FromProbe> = new Helper<ToProbe, FromProbe>({
      name: 'probe',
      programs: options.programs,
      from: fromProbeSchema,
      started: () => {
        helper.post({ kind: 'run', everyMs: EVERY_MS, serviceSocket: options.serviceSocket })
        options.started()
      },
      message: (message) => {
        if (message.kind === 'power') options.onBattery(message.onBattery)
        else if (message.kind === 'tunnel') options.tunnel(message)
        else options.checks(message.checks)
      },
      died: options.died,
      log: options.log
    })
    helper.start()
    return helper
  },
  revert: (helper) => helper?.stop()
})
