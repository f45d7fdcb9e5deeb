import type { ToProbe } from '../../contract/helper/probe'
import type { ToProxy } from '../../contract/helper/proxy'
import type { MonotonicMs } from '../../core/time'
import { authoritiesOf, softphoneReachOf } from '../workspace/addresses'
import type { Desk } from './desk'
import { VpnWatch, wayOutOf } from './vpn-watch'

interface Posts<To> {
  post(message: To): boolean
}

export interface ReachOptions {
  readonly desk: Pick<Desk, 'facts' | 'vpn'>
  readonly now: () => MonotonicMs
  readonly serviceSocket: string
}

/**
 * What may be reached, and through which tunnel: the policy's applications, by the VPN that it asks for, and nothing at
 * all while that VPN is not proven.
 */
export class Reach {
  readonly vpn: VpnWatch
  readonly #desk: ReachOptions['desk']
  #proxy: Posts<ToProxy> | null = null
  #probe: Posts<ToProbe> | null = null
  #hub: string | null = null

  constructor({ desk, now, serviceSocket }: ReachOptions) {
    this.#desk = desk
    this.vpn = new VpnWatch({
      now,
      serviceSocket,
      post: (order) => this.#probe?.post(order) ?? false,
      // The way out is closed before anything is told, and opened after.
      changed: (standing) => {
        this.#tellProxy()
        this.#desk.vpn(standing)
      }
    })
  }

  set proxy(proxy: Posts<ToProxy>) {
    this.#proxy = proxy
    this.#tellProxy()
  }

  set probe(probe: Posts<ToProbe>) {
    this.#probe = probe
    this.vpn.helperStarted()
  }

  /** A policy came into force. */
  settle(): void {
    const { policy } = this.#desk.facts
    if (policy === null) return
    const hub = this.#hub === null ? [] : [this.#hub]
    const relays = (softphoneReachOf(policy.workspace)?.relays ?? []).map(({ authority }) => authority)
    // Names below a host are not known before they are asked for: each connection to one is held to the tunnel by itself.
    const listed = authoritiesOf(policy.workspace.applications).filter((one) => !one.startsWith('*.'))
    const authorities = [...listed, ...relays, ...hub]
    this.vpn.expect(policy.vpn, [...new Set(authorities)])
    this.#tellProxy()
  }

  /** Where the hub is: what goes to it has to leave by the tunnel too. */
  hubAt(authority: string): void {
    this.#hub = authority
    this.settle()
  }

  /** Call now and then. */
  look(): void {
    this.vpn.look()
  }

  /** What the proxy is told. */
  allowed(): ToProxy {
    const wayOut = wayOutOf(this.vpn.standing)
    const { policy } = this.#desk.facts
    if (policy === null || wayOut === 'closed') return { kind: 'allow', authorities: [] }
    const softphone = softphoneReachOf(policy.workspace)
    return {
      kind: 'allow',
      authorities: authoritiesOf(policy.workspace.applications),
      ...(softphone === undefined ? {} : { softphone }),
      ...(wayOut === undefined ? {} : { wayOut })
    }
  }

  #tellProxy(): void {
    this.#proxy?.post(this.allowed())
  }
}
