import type { WayOut } from '../../contract/helper/proxy'
import { parseAuthority, type Authority, type Target } from './authority'

/** The whole list of what may be reached. Everything else is refused; so is everything before the first list. */
export class AllowList {
  private allowed: ReadonlySet<Authority> = new Set()
  /** The tunnel that every connection has to leave by; undefined where the policy asks for none. */
  wayOut: WayOut | undefined

  /** Replaces the list. Entries that are no `host:port` allow nothing. */
  replace(authorities: readonly string[], wayOut?: WayOut): void {
    this.wayOut = wayOut
    const targets = authorities.map(parseAuthority).filter((target) => target !== null)
    this.allowed = new Set(targets.map((target) => target.authority))
  }

  /** The one decision: the exact authority is on the list. */
  allows(target: Target): boolean {
    return this.allowed.has(target.authority)
  }
}
