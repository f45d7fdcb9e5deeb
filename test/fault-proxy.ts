import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What the line does to bytes. Each may change while connections are open. */
export interface Faults {
  /** New connections: passed on, refused by a reset, or accepted and never answered. */
  readonly accept: 'pass' | 'refuse' | 'ignore'
  /** No byte moves in either direction while true; nothing is lost. */
  readonly stall: boolean
  /** Wait before each piece is passed on, milliseconds. */
  readonly latencyMs: number
  /** Largest piece that is passed on at once, bytes; 0 for any. */
  readonly sliceBytes: number
  /** Most bytes per second and direction; 0 for any. */
  readonly bytesPerSecond: number
  /** The connection is cut after this many bytes towards the client; 0 for never. */
  readonly cutAfterBytes: number
}

const none: Faults = {
  accept: 'pass',
  stall: false,
  latencyMs: 0,
  sliceBytes: 0,
  bytesPerSecond: 0,
  cutAfterBytes: 0
}

/** Where connections are passed on to; may change, as when a program comes back on another port. */
export interface FaultTarget {
  readonly host?: string
  readonly port: number
}

interface Pair {
  readonly client: Socket
  readonly upstream: Socket
}

/**
 * A TCP proxy on loopback that does to a connection what networks do: latency, slices, narrow lines, stalls, cuts.
 * It knows nothing of what it carries.
 */
export class FaultProxy {
  readonly seen = { connections: 0, toTarget: 0, toClient: 0 }
  #faults: Faults = none
  #target: FaultTarget
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  readonly #ignored = new Set<Socket>()
  #wake: (() => void)[] = []
  #closed = false

  private constructor(target: FaultTarget) {
    this.#target = target
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client))
  }

  /** Listens on a port of its own, or on the one that is given. */
  static async start(target: FaultTarget, port = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject)
      proxy.#server.listen(port, '127.0.0.1', resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Changes the named faults; the others stay. */
  set(faults: Partial<Faults>): void {
    this.#faults = { ...this.#faults, ...faults }
    for (const wake of this.#wake.splice(0)) wake()
  }

  /** A line without faults. */
  heal(): void {
    this.set(none)
  }

  retarget(target: FaultTarget): void {
    this.#target = target
  }

  /** Resets every open connection. */
  cut(): void {
    for (const { client, upstream } of this.#pairs) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    for (const client of this.#ignored) client.resetAndDestroy()
  }

  /** Resets every open connection and refuses new ones: the other side is gone. */
  down(): void {
    this.set({ accept: 'refuse' })
    this.cut()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.heal()
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    this.seen.connections += 1
    client.on('error', () => client.destroy())
    if (this.#faults.accept === 'refuse') {
      client.resetAndDestroy()
      return
    }
    if (this.#faults.accept === 'ignore') {
      this.#ignored.add(client)
      client.once('close', () => this.#ignored.delete(client))
      return
    }
    const { host = '127.0.0.1', port } = this.#target
    const upstream = connect({ host, port, allowHalfOpen: true, noDelay: true })
    const pair = { client, upstream }
    this.#pairs.add(pair)
    upstream.on('error', () => client.resetAndDestroy())
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => {
      this.#pairs.delete(pair)
      if (!upstream.readableEnded) client.destroy()
    })
    void this.#pump(client, upstream, 'toTarget')
    void this.#pump(upstream, client, 'toClient')
  }

  async #pump(from: Socket, to: Socket, way: 'toTarget' | 'toClient'): Promise<void> {
    let passed = 0
    try {
      // By default the end of one way would destroy the socket, and with it the other way.
      for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        for (let rest = chunk; rest.length > 0;) {
          const { sliceBytes, latencyMs, bytesPerSecond, cutAfterBytes } = this.#faults
          const piece = sliceBytes > 0 ? rest.subarray(0, sliceBytes) : rest
          rest = rest.subarray(piece.length)
          const narrow = bytesPerSecond > 0 ? (piece.length / bytesPerSecond) * 1000 : 0
          if (latencyMs + narrow > 0) await pause(latencyMs + narrow)
          await this.#moving()
          if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')])
          this.seen[way] += piece.length
          passed += piece.length
          if (way === 'toClient' && cutAfterBytes > 0 && passed >= cutAfterBytes) {
            from.resetAndDestroy()
            to.resetAndDestroy()
            return
          }
        }
      }
      await this.#moving()
      to.end()
    } catch {
      to.destroy() // one end failed: the other learns it the same way
    }
  }

  async #moving(): Promise<void> {
    while (this.#faults.stall && !this.#closed) {
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const once = (socket: Socket, event: 'drain' | 'close'): Promise<void> =>
  new Promise((resolve) => socket.once(event, () => resolve()))
