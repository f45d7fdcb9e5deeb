import type { OnReadOpts, Socket } from 'node:net'
import { err, type Result } from '../../core/result'
import type { AllowList } from './allow-list'
import type { Target } from './authority'
import { connectTo, type ConnectLimits } from './connect'
import type { Live } from './live'
import type { Refusals } from './refusals'
import type { Lookup } from './resolve'
import { leavesByTunnel } from './way-out'

/** HTTP status of a refusal. */
export type RefusalStatus = 400 | 403 | 502

export interface GateParts {
  readonly list: AllowList
  readonly refusals: Refusals
  readonly live: Live
  readonly limits: ConnectLimits
  readonly lookup?: Lookup
}

/** The one way out: whatever the proxy opens, it opens here. */
export class Gate {
  readonly live: Live

  constructor(private readonly parts: GateParts) {
    this.live = parts.live
  }

  /** Opens a connection if the target is on the list; else counts the refusal. Nothing is sent to what is refused. */
  async open(target: Target, onread?: OnReadOpts): Promise<Result<Socket, RefusalStatus>> {
    const { list, refusals, limits, lookup } = this.parts
    if (!list.allows(target)) {
      refusals.add(target.authority)
      return err(403)
    }
    const opened = await connectTo(target, limits, lookup, onread)
    if (!opened.ok) {
      if (opened.error === 'rebinding') refusals.add(target.authority)
      return err(opened.error === 'rebinding' ? 403 : 502)
    }
    // The list may have changed while the connection was made. What would leave outside the tunnel never gets a byte.
    const within = leavesByTunnel(opened.value, list.wayOut)
    if (list.allows(target) && within) return opened
    opened.value.destroy()
    if (!within) refusals.add(target.authority)
    return err(403)
  }

  /** Counts a request that names no target in a way that can be judged. */
  unreadable(): RefusalStatus {
    this.parts.refusals.add('unreadable')
    return 400
  }
}
