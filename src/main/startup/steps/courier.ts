import { fromCourierSchema, type FromCourier, type ToCourier } from '../../../contract/helper/courier'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

/** How long an orderly end waits for undelivered alerts, milliseconds. They are on disk in any case. */
const CLOSE_LIMIT_MS = 3000

/** Who listens to the courier. */
export interface CourierListener {
  receive(message: FromCourier): void
  /** The process ended, or does not answer. */
  gone(): void
  close(limitMs: number): Promise<void>
}

interface Running<L> {
  readonly helper: Helper<ToCourier, FromCourier>
  readonly link: L
}

/** What a listener speaks to the courier with. */
export interface CourierParts {
  readonly post: (message: ToCourier) => boolean
  /** Opens again what was refused. */
  readonly reopen: () => void
}

/** Keys, outbox and the line to the hub. Started last, so that it closes first, while everything else still watches. */
export const courier = <L extends CourierListener>(options: {
  readonly programs: string
  readonly log: Logger
  readonly open: Extract<ToCourier, { kind: 'open' }>
  readonly link: (parts: CourierParts) => L
  readonly died: () => void
  /** What every new courier has to know besides. */
  readonly also: () => readonly ToCourier[]
}): Step<Running<L>> => ({
  name: 'courier',
  perform: () => {
    const link = options.link({
      post: (message) => helper.post(message),
      reopen: () => helper.post(options.open)
    })
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
      // Stopped or hung, it is as good as gone, and gone before its end is heard of: a disk may hold that up.
      silent: () => link.gone(),
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
