import { lookup as systemLookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { TunnelTarget } from '../../../core/tunnel/facts'

/** How often a name is asked for again, milliseconds. Main's proxy looks at every connection by itself. */
const REFRESH_MS = 30_000
const MOST_ADDRESSES = 16

/** Every address of a name. Rejects, or gives none, when there is none. */
export type ResolveName = (host: string) => Promise<readonly string[]>

export const systemNames: ResolveName = async (host) =>
  (await systemLookup(host, { all: true, verbatim: true })).map(({ address }) => address)

interface Known {
  readonly host: string
  readonly port: number
  addresses: readonly string[]
  askedAt: number
  first: Promise<void>
}

/**
 * The hosts that have to be reached through the tunnel, with their addresses. Names are resolved aside: a name server
 * that hangs, perhaps because the tunnel is down, holds up no round but the first.
 */
export class Targets {
  readonly #resolve: ResolveName
  readonly #now: () => number
  #known: readonly Known[] = []

  constructor(resolve: ResolveName, now: () => number) {
    this.#resolve = resolve
    this.#now = now
  }

  /** `host:port` each; what is not one is not reachable through the proxy either. */
  set(authorities: readonly string[]): void {
    this.#known = [...new Set(authorities)].flatMap((authority) => {
      if (!URL.canParse(`http://${authority}/`)) return []
      const { hostname, port } = new URL(`http://${authority}/`)
      const host = hostname.replace(/^\[|\]$/g, '')
      const addresses = isIP(host) === 0 ? [] : [host]
      const target: Known = {
        host,
        port: Number(port || 80),
        addresses,
        askedAt: -Infinity,
        first: Promise.resolve()
      }
      if (isIP(host) === 0) target.first = this.#ask(target)
      return [target]
    })
  }

  /** What is known now. Waits for the first answer about each name, at most so long. */
  async read(limitMs: number): Promise<readonly TunnelTarget[]> {
    const known = this.#known
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))
    await Promise.race([Promise.all(known.map(({ first }) => first)), late])
    clearTimeout(timer)
    for (const target of known) {
      const due = isIP(target.host) === 0 && this.#now() - target.askedAt > REFRESH_MS
      if (due) void this.#ask(target)
    }
    return known.map(({ host, port, addresses }) => ({ host, port, addresses }))
  }

  async #ask(target: Known): Promise<void> {
    target.askedAt = this.#now()
    const found = await this.#resolve(target.host).catch(() => null)
    // Without an answer the addresses of before are the ones to watch.
    if (found !== null) target.addresses = [...new Set(found)].slice(0, MOST_ADDRESSES)
  }
}
