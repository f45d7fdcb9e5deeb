import {
  fromGuardSchema,
  GUARD_BEAT_MS,
  GUARD_LIMIT_MS,
  GUARD_START_LIMIT_MS,
  type FromGuard,
  type ToGuard
} from '../../../contract/helper/guard'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

interface Guarding {
  readonly helper: Helper<ToGuard, FromGuard>
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
    let heard = performance.now()
    let watches = false
    const helper: Helper<ToGuard, FromGuard> = new Helper<ToGuard, FromGuard>({
      name: 'guard',
      programs: options.programs,
      arguments: [String(process.pid)],
      from: fromGuardSchema,
      started: () => {
        heard = performance.now()
        watches = false
        helper.post({ kind: 'beat' })
      },
      // Its first answer, not its start, says that it watches.
      message: () => {
        heard = performance.now()
        watches = true
        options.missing(false)
      },
      died: () => {
        options.missing(true)
        options.died()
      },
      log: options.log
    })
    options.missing(true)
    helper.start()
    const beating = setInterval(() => {
      helper.post({ kind: 'beat' })
      // One that is still being loaded from a slow disk is not there yet either, but to end it would only begin that anew.
      if (performance.now() - heard <= (watches ? GUARD_LIMIT_MS : GUARD_START_LIMIT_MS)) return
      // A guard that is stopped guards nothing: end it, and the next one starts.
      heard = performance.now()
      helper.kill()
    }, GUARD_BEAT_MS)
    return { helper, beating }
  },
  revert: (guarding) => {
    if (guarding === undefined) return
    clearInterval(guarding.beating)
    guarding.helper.post({ kind: 'stand-down' })
    guarding.helper.stop()
  }
})
