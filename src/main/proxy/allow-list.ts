import { isIP } from 'node:net'
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
  private below: readonly Target[] = []
  private relays: ReadonlyMap<Authority, RelayTransport> = new Map()
  /** The tunnel that every connection has to leave by; undefined where the policy asks for none. */
  wayOut: WayOut | undefined

  /** Replaces the list. Entries that are no `host:port` allow nothing. */
  replace({ authorities, relays = [], wayOut }: Allowed): void {
    this.wayOut = wayOut
    const isBelow = (text: string): boolean => text.startsWith('*.')
    const read = (texts: readonly string[]): readonly Target[] =>
      texts.map(parseAuthority).filter((target) => target !== null)
    const exact = read(authorities.filter((text) => !isBelow(text)))
    this.allowed = new Set(exact.map((target) => target.authority))
    // Below an address there are no names.
    this.below = read(authorities.filter(isBelow).map((text) => text.slice('*.'.length))).filter(
      ({ hostname }) => isIP(hostname) === 0
    )
    this.relays = new Map(
      relays.flatMap(({ authority, transport }) => {
        const target = parseAuthority(authority)
        return target === null ? [] : [[target.authority, transport]]
      })
    )
  }

  /** The one decision: the exact authority is on the list, or its port is, with a host that it is below. */
  allows(target: Target): boolean {
    const isUnder = (one: Target): boolean =>
      one.port === target.port && target.hostname.endsWith(`.${one.hostname}`)
    return this.allowed.has(target.authority) || this.below.some(isUnder)
  }

  /** How the media relay of this authority is reached; undefined when it is none. */
  relayAt(target: Target): RelayTransport | undefined {
    return this.relays.get(target.authority)
  }
}
