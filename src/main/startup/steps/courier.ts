import { fromCourierSchema, type FromCourier, type ToCourier } from '../../../contract/helper/courier'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

/** How long an orderly end waits for undelivered alerts, milliseconds. They are on disk in any case. */
const CLOSE_LIMIT_MS = 3000

/** Who listens to the courier. */
export interface CourierListener {
  receive(message: FromCourier): void
  /** The process ended. */
  gone(): void
  close(limitMs: number): Promise<void>
}

/** Keys, outbox and the line to the hub. Started last, so that it closes first, while everything else still watches. */
export const courier = <L extends CourierListener>(options: {
  readonly programs: string
  readonly log: Logger
  readonly open: Extract<ToCourier, { kind: 'open' }>
  readonly link: (post: (message: ToCourier) => boolean, reopen: () => void) => L
  readonly died: () => void
  /** What every new courier has to know besides. */
  readonly also: () => readonly ToCourier[]
}): Step<{ readonly helper: Helper<ToCourier, FromCourier>; readonly link: L }> => ({
  name: 'courier',
  perform: () => {
    const link = options.link(
      (message) => helper.post(message),
      () => helper.post(options.open)
    )
    const helper: Helper<ToCourier, FromCourier> = new Helper<ToCourier, FromCourier>({
      name: 'courier',
      programs: options.programs,
      from: fromCourierSchema,
      started: () => {
        helper.post(options.open)
        for (const message of options.also()) helper.post(message)
      },
      message: (message) => {
        link.receive(message)
      },
      died: () => {
        link.gone()
        options.died()
      },
      log: options.log
    })
    helper.start()
    return { helper, link }
  },
  revert: async (running) => {
    await running?.link.close(CLOSE_LIMIT_MS)
    running?.helper.stop()
  }
})
