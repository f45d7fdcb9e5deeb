import type { ToCourier } from '../../../contract/helper/courier'
import type { Logger } from '../../log/logger'
import type { Desk } from '../../session/desk'
import { TellOnly } from '../../session/tell-only'
import { courier } from './courier'

/**
 * A start that is not allowed: the person is told, and a courier is started that only tells the hub. It gives no policy,
 * no sign-in and nothing to show. Its process has the environment of a helper, which holds none of what was refused.
 */
export function refuseStart(options: {
  readonly programs: string
  readonly log: Logger
  readonly open: Extract<ToCourier, { kind: 'open' }>
  readonly desk: Desk
  /** Names of what was refused. */
  readonly unsafe: readonly string[]
  readonly died: () => void
}): ReturnType<typeof courier<TellOnly>> {
  const { desk, unsafe, ...parts } = options
  desk.step('policy', 'failed', 'remedy.unsafe-start', unsafe.join(' '))
  desk.update({ phase: 'refused' })
  return courier({
    ...parts,
    also: () => [],
    link: ({ post }) => {
      const link = new TellOnly({ desk, post })
      link.raise(unsafe, new Date().toISOString())
      return link
    }
  })
}
