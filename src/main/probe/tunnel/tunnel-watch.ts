import type { TunnelNews, TunnelOrder } from '../../../contract/helper/tunnel'
import type { Handshakes, TunnelFacts } from '../../../core/tunnel/facts'
import { judgeTunnel, unreadableTunnel, type TunnelVerdict } from '../../../core/tunnel/judge'
import type { VpnPolicy } from '../../../core/policy/vpn'
import type { Device } from '../../../device/contract'
import { askThrough } from './ask-through'
import { systemNames, Targets, type ResolveName } from './targets'

/** A round begins this long after the one before began, milliseconds: with two tries of the probe, under five seconds. */
const EVERY_MS = 2000
/** Names, routes and handshakes are asked for no longer than this each, milliseconds. */
const ASK_MS = 1500
const MAX_BYTES = 64 * 1024

export interface TunnelWatchOptions {
  readonly device: Pick<Device, 'tunnelPeers'> & { readonly platform: Pick<Device['platform'], 'network'> }
  readonly post: (news: TunnelNews) => void
  readonly resolve?: ResolveName
  /** Opens a connection through the tunnel; another in tests. */
  readonly ask?: typeof askThrough
}

/**
 * Looks whether traffic to the hub and to every allowed host leaves by the tunnel and answers come back: every two
 * seconds, and at once when the system says that its network changed. Every round ends with a verdict.
 */
export class TunnelWatch {
  readonly #options: TunnelWatchOptions
  readonly #targets: Targets
  #order: TunnelOrder | null = null
  #timer: NodeJS.Timeout | undefined
  #running = false
  #again = false
  #unwatch: (() => void) | null = null

  constructor(options: TunnelWatchOptions) {
    this.#options = options
    this.#targets = new Targets(options.resolve ?? systemNames, () => performance.now())
  }

  /** Takes a new order; one that asks for no VPN ends the watch. */
  set(order: TunnelOrder): void {
    this.#order = order
    if (order.vpn === null) {
      this.stop()
      return
    }
    this.#targets.set([...order.authorities, authorityOf(order.vpn)])
    this.#unwatch ??= this.#options.device.platform.network.watch(() => this.#look())
    this.#look()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#unwatch?.()
    this.#unwatch = null
    this.#order = null
  }

  #look(): void {
    clearTimeout(this.#timer)
    if (this.#running) {
      this.#again = true // what changed meanwhile may not be in what this round has read
      return
    }
    void this.#round()
  }

  #isDueAgain(): boolean {
    return this.#again
  }

  #current(): TunnelOrder | null {
    return this.#order
  }

  async #round(): Promise<void> {
    const order = this.#order
    if (order === null || order.vpn === null) return
    this.#running = true
    this.#again = false
    const began = performance.now()
    const first = await this.#judge(order, order.vpn)
    // A computer that is very busy does not answer in time now and then: it is asked once more before the desk hides.
    const verdict = first.cause === 'unreadable' ? await this.#judge(order, order.vpn) : first
    this.#running = false
    const current = this.#current()
    if (current === order) this.#options.post({ kind: 'tunnel', order: order.order, verdict })
    if (current === null) return
    const wait = this.#isDueAgain() ? 0 : Math.max(0, EVERY_MS - (performance.now() - began))
    this.#timer = setTimeout(() => this.#look(), wait)
  }

  async #judge({ serviceSocket }: TunnelOrder, vpn: VpnPolicy): Promise<TunnelVerdict> {
    const targets = await this.#targets.read(ASK_MS)
    const abort = new AbortController()
    const limit = setTimeout(() => abort.abort(new Error(`no answer within ${ASK_MS} ms`)), ASK_MS)
    try {
      const destinations = targets.flatMap(({ port, addresses }) =>
        addresses.map((address) => ({ address, port }))
      )
      const [{ links, paths }, handshakes] = await Promise.all([
        this.#options.device.platform.network.read(destinations, abort.signal),
        this.#handshakes(vpn, serviceSocket, abort.signal)
      ])
      const facts = { links, targets, paths, handshakes }
      return await this.#withProbe(vpn, facts)
    } catch (error) {
      return unreadableTunnel(error instanceof Error ? error.message : 'the network could not be asked')
    } finally {
      clearTimeout(limit)
    }
  }

  /** Where routes or handshakes fail already, nothing is asked through them, and the verdict does not wait for it. */
  async #withProbe(vpn: VpnPolicy, facts: Omit<TunnelFacts, 'probe'>): Promise<TunnelVerdict> {
    const before = judgeTunnel(vpn, { ...facts, probe: { answered: false, why: 'not asked yet' } })
    if (before.cause !== 'no-traffic') return before
    const asked = facts.targets.find(({ host, port }) => `${host}:${port}` === plainAuthorityOf(vpn))
    const probe = await (this.#options.ask ?? askThrough)(asked?.addresses ?? [], vpn.probe.port)
    return judgeTunnel(vpn, { ...facts, probe })
  }

  async #handshakes(vpn: VpnPolicy, socket: string, signal: AbortSignal): Promise<Handshakes | null> {
    if (vpn.handshakeMaxAgeMs === null && vpn.peers.length === 0) return null
    return this.#options.device.tunnelPeers(socket, { timeoutMs: ASK_MS, maxBytes: MAX_BYTES, signal })
  }
}

const authorityOf = ({ probe: { host, port } }: VpnPolicy): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
/** As the targets name it: the URL parser's spelling, without brackets. */
const plainAuthorityOf = (vpn: VpnPolicy): string => {
  const { hostname } = new URL(`http://${authorityOf(vpn)}/`)
  return `${hostname.replace(/^\[|\]$/g, '')}:${vpn.probe.port}`
}
