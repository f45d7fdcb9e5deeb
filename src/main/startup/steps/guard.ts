import { z } from 'zod'
import { GUARD_BEAT_MS, type ToGuard } from '../../../contract/helper/guard'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

interface Guarding {
  readonly helper: Helper<ToGuard, never>
  readonly beating: NodeJS.Timeout
}

/** The process that ends a client whose main hangs. While it is missing nothing is shown. */
export const guard = (options: {
  readonly programs: string
  readonly log: Logger
  readonly missing: (isMissing: boolean) => void
  readonly died: () => void
}): Step<Guarding> => ({
  name: 'guard',
  perform: () => {
    const helper: Helper<ToGuard, never> = new Helper<ToGuard, never>({
      name: 'guard',
      programs: options.programs,
      arguments: [String(process.pid)],
      from: z.never(),
      started: () => {
        helper.post({ kind: 'beat' })
        options.missing(false)
      },
      message: () => undefined,
      died: () => {
        options.missing(true)
        options.died()
      },
      log: options.log
    })
    helper.start()
    const beating = setInterval(() => helper.post({ kind: 'beat' }), GUARD_BEAT_MS)
    return { helper, beating }
  },
  revert: (guarding) => {
    if (guarding === undefined) return
    clearInterval(guarding.beating)
    guarding.helper.post({ kind: 'stand-down' })
    guarding.helper.stop()
  }
})
