import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AllowList, type Allowed } from './allow-list'
import { forward } from './forward'
import { Gate } from './gate'
import { Live } from './live'
import { Refusals, type TellRefusal } from './refusals'
import type { Lookup } from './resolve'
import { tunnel, upgrade } from './tunnel'

export interface ProxyOptions {
  readonly refused: TellRefusal
  readonly lookup?: Lookup
  readonly connectMs?: number
  readonly idleMs?: number
  readonly reportMs?: number
}

const MAX_HEADER_BYTES = 16 * 1024
const MAX_CONNECTIONS = 512

/**
 * A forward proxy on loopback that refuses everything but the listed authorities.
 *
 * Other programs of this machine can reach the port. They gain nothing by it: only listed hosts can be had through it,
 * it adds no credential and no address of its own, and the list is what IT signed.
 */
export class Proxy {
  private readonly list = new AllowList()
  private readonly live = new Live()
  private readonly refusals: Refusals
  private readonly server: Server

  constructor(options: ProxyOptions) {
    const { lookup, connectMs = 10_000, idleMs = 5 * 60_000 } = options
    this.refusals = new Refusals(options.refused, options.reportMs)
    const gate = new Gate({
      list: this.list,
      live: this.live,
      refusals: this.refusals,
      limits: { connectMs, idleMs },
      ...(lookup === undefined ? {} : { lookup })
    })
    this.server = createServer({
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: false,
      headersTimeout: 10_000,
      requestTimeout: 5 * 60_000,
      keepAliveTimeout: 30_000,
      noDelay: true
    })
    this.server.maxConnections = MAX_CONNECTIONS
    this.server.maxHeadersCount = 200
    this.server.setTimeout(idleMs)
    // A connection carries one request and ends with its answer: what was sent behind it is not looked at.
    const begun = new WeakSet<object>()
    const isFirst = (client: object): boolean => !begun.has(client) && begun.add(client).has(client)
    this.server.on('request', (request, response) => {
      if (isFirst(request.socket)) void forward(gate, request, response)
    })
    this.server.on('connect', (request, client, head) => {
      if (isFirst(client)) void tunnel(gate, request, client, head)
    })
    this.server.on('upgrade', (request, client, head) => {
      if (isFirst(client)) void upgrade(gate, request, client, head)
    })
    this.server.on('clientError', (_error, client) => {
      client.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', () => client.destroy())
    })
  }

  /** Listens on a loopback port that the OS picks. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(0, '127.0.0.1', resolve)
    })
    return (this.server.address() as AddressInfo).port
  }

  /** Replaces the list; connections to what is no longer on it, or outside the tunnel, are cut. */
  allow(allowed: Allowed): void {
    this.list.replace(allowed)
    this.live.cutAllBut(this.list)
  }

  async close(): Promise<void> {
    this.live.cutAll()
    this.refusals.flush()
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }
}
