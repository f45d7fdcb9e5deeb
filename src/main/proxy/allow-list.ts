import { parseAuthority, type Authority, type Target } from './authority'

/** The whole list of what may be reached. Everything else is refused; so is everything before the first list. */
export class AllowList {
  private allowed: ReadonlySet<Authority> = new Set()

  /** Replaces the list. Entries that are no `host:port` allow nothing. */
  replace(authorities: readonly string[]): void {
    const targets = authorities.map(parseAuthority).filter((target) => target !== null)
    this.allowed = new Set(targets.map((target) => target.authority))
  }

  /** The one decision: the exact authority is on the list. */
  allows(target: Target): boolean {
    return this.allowed.has(target.authority)
  }
}
