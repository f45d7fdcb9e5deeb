import type { TunnelNews, TunnelOrder } from '../../contract/helper/tunnel'
import type { WayOut } from '../../contract/helper/proxy'
import type { VpnPolicy } from '../../core/policy/vpn'
import type { TunnelVerdict } from '../../core/tunnel/judge'
import type { MonotonicMs } from '../../core/time'

/** A verdict older than this proves nothing: the process that looks has hung. The longest round is shorter. Milliseconds. */
const STALE_MS = 9000

/** How the VPN stands that the policy asks for; null where it asks for none. `verdict` is null until there is one. */
export type VpnStanding = { readonly policy: VpnPolicy; readonly verdict: TunnelVerdict | null } | null

export interface VpnWatchOptions {
  readonly now: () => MonotonicMs
  readonly serviceSocket: string
  /** Sends an order to the process that looks; false while there is none. */
  readonly post: (order: TunnelOrder) => boolean
  /** What is known changed, or what follows from it. */
  readonly changed: (standing: VpnStanding) => void
}

/** Keeps what is known of the VPN: what the policy asks for, and the newest verdict while it is fresh. */
export class VpnWatch {
  readonly #options: VpnWatchOptions
  #order: TunnelOrder
  #standing: VpnStanding = null
  #heardAt: MonotonicMs = 0

  constructor(options: VpnWatchOptions) {
    this.#options = options
    const { serviceSocket } = options
    this.#order = { kind: 'tunnel', order: 0, serviceSocket, vpn: null, authorities: [] }
  }

  get standing(): VpnStanding {
    return this.#standing
  }

  /** What has to go through which VPN. The same again changes nothing; anything else has to be proven anew. */
  expect(vpn: VpnPolicy | undefined, authorities: readonly string[]): void {
    const next = { ...this.#order, vpn: vpn ?? null, authorities: [...authorities].sort() }
    if (JSON.stringify(next) === JSON.stringify(this.#order)) return
    this.#order = { ...next, order: this.#order.order + 1 }
    this.#options.post(this.#order)
    this.#settle(vpn === undefined ? null : { policy: vpn, verdict: null })
  }

  heard({ order, verdict }: TunnelNews): void {
    if (order !== this.#order.order || this.#standing === null) return
    this.#heardAt = this.#options.now()
    this.#settle({ ...this.#standing, verdict })
  }

  /** A process that looks has started, and knows nothing. */
  helperStarted(): void {
    this.#options.post(this.#order)
  }

  /** Call now and then: silence of the process that looks ends what it said. */
  look(): void {
    const { verdict } = this.#standing ?? {}
    if (this.#standing === null || verdict == null || verdict.state === 'stale') return
    if (this.#options.now() - this.#heardAt <= STALE_MS) return
    const evidence = `nothing was heard for ${STALE_MS / 1000} s`
    this.#settle({
      ...this.#standing,
      verdict: { state: 'stale', cause: 'unreadable', evidence, sources: [] }
    })
  }

  #settle(standing: VpnStanding): void {
    if (JSON.stringify(standing) === JSON.stringify(this.#standing)) return
    this.#standing = standing
    this.#options.changed(standing)
  }
}

/** What the proxy may do: `closed`, through the tunnel alone, or (undefined) as it likes. */
export function wayOutOf(standing: VpnStanding): WayOut | 'closed' | undefined {
  if (standing === null || standing.policy.response === 'report') return undefined
  const { policy, verdict } = standing
  return verdict?.state === 'pass' ? { sources: verdict.sources, apart: policy.endpoints } : 'closed'
}
