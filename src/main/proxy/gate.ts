import type { OnReadOpts, Socket } from 'node:net'
import { err, ok, type Result } from '../../core/result'
import type { AllowList, RelayTransport } from './allow-list'
import type { Target } from './authority'
import { connectTo, withLimit, type ConnectLimits } from './connect'
import { Datagrams } from './datagrams'
import type { Connection, Live } from './live'
import type { Refusals } from './refusals'
import { resolve, type Lookup } from './resolve'
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
    const { list, refusals } = this.parts
    if (!list.allows(target)) {
      refusals.add(target.authority)
      return err(403)
    }
    return this.connect(target, () => list.allows(target), onread)
  }

  /** How a media relay is reached; undefined for what is none. */
  relayAt(target: Target): RelayTransport | undefined {
    return this.parts.list.relayAt(target)
  }

  /** Opens a connection to a media relay that is reached over TCP. */
  async openRelay(target: Target, onread?: OnReadOpts): Promise<Result<Socket, RefusalStatus>> {
    return this.connect(target, () => this.relayAt(target) === 'tcp', onread)
  }

  /** Opens a socket for datagrams to and from a media relay. Nothing is sent yet. */
  async openDatagrams(target: Target): Promise<Result<Datagrams, RefusalStatus>> {
    const { limits, lookup } = this.parts
    const addresses = await withLimit(resolve(target.hostname, lookup), limits.connectMs)
    if (addresses === null) return err(502)
    if (!addresses.ok) return this.unreached(target, addresses.error)
    for (const address of addresses.value) {
      const opened = await Datagrams.open(address, target.port, limits.idleMs)
      if (opened !== null) return this.within(target, opened, () => this.relayAt(target) === 'udp')
    }
    return err(502)
  }

  private async connect(
    target: Target,
    allowed: () => boolean,
    onread?: OnReadOpts
  ): Promise<Result<Socket, RefusalStatus>> {
    const { limits, lookup } = this.parts
    const opened = await connectTo(target, limits, lookup, onread)
    return opened.ok ? this.within(target, opened.value, allowed) : this.unreached(target, opened.error)
  }

  private unreached(
    target: Target,
    why: 'rebinding' | 'unreachable' | 'not-found'
  ): Result<never, RefusalStatus> {
    if (why === 'rebinding') this.parts.refusals.add(target.authority)
    return err(why === 'rebinding' ? 403 : 502)
  }

  /** The list may have changed while the connection was made. What would leave outside the tunnel never gets a byte. */
  private within<Opened extends Connection>(
    target: Target,
    opened: Opened,
    allowed: () => boolean
  ): Result<Opened, RefusalStatus> {
    const within = leavesByTunnel(opened, this.parts.list.wayOut)
    if (allowed() && within) return ok(opened)
    opened.destroy()
    if (!within) this.parts.refusals.add(target.authority)
    return err(403)
  }

  /** Counts a request that names no target in a way that can be judged. */
  unreadable(): RefusalStatus {
    this.parts.refusals.add('unreadable')
    return 400
  }
}
