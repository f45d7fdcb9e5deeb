import type { SoftphoneReach, WayOut } from '../../contract/helper/proxy'
import { parseAuthority, type Authority, type Target } from './authority'

/** How a media relay is reached. */
export type RelayTransport = SoftphoneReach['relays'][number]['transport']

/** What may be reached by one port of the proxy. */
export interface Allowed {
  readonly authorities: readonly string[]
  /** Media relays, for tunnels alone. */
  readonly relays?: SoftphoneReach['relays'] | undefined
  readonly wayOut?: WayOut | undefined
}

/** The whole list of what may be reached. Everything else is refused; so is everything before the first list. */
export class AllowList {
  private allowed: ReadonlySet<Authority> = new Set()
  private relays: ReadonlyMap<Authority, RelayTransport> = new Map()
  /** The tunnel that every connection has to leave by; undefined where the policy asks for none. */
  wayOut: WayOut | undefined

  /** Replaces the list. Entries that are no `host:port` allow nothing. */
  replace({ authorities, relays = [], wayOut }: Allowed): void {
    this.wayOut = wayOut
    const targets = authorities.map(parseAuthority).filter((target) => target !== null)
    this.allowed = new Set(targets.map((target) => target.authority))
    this.relays = new Map(
      relays.flatMap(({ authority, transport }) => {
        const target = parseAuthority(authority)
        return target === null ? [] : [[target.authority, transport]]
      })
    )
  }

  /** The one decision: the exact authority is on the list. */
  allows(target: Target): boolean {
    return this.allowed.has(target.authority)
  }

  /** How the media relay of this authority is reached; undefined when it is none. */
  relayAt(target: Target): RelayTransport | undefined {
    return this.relays.get(target.authority)
  }
}
