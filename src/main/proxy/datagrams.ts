import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import type { Address } from './resolve'

/** A UDP socket that is connected to one address: the system hands over what comes from there, and nothing else. */
export class Datagrams extends EventEmitter<{ message: [Buffer]; close: [] }> {
  readonly localAddress: string
  readonly remoteAddress: string
  private closed = false
  private readonly idle: NodeJS.Timeout

  private constructor(
    private readonly socket: UdpSocket,
    idleMs: number
  ) {
    super()
    this.idle = setTimeout(() => this.destroy(), idleMs)
    this.localAddress = socket.address().address
    this.remoteAddress = socket.remoteAddress().address
    socket.on('message', (message) => {
      this.idle.refresh()
      this.emit('message', message)
    })
    // "Nobody listens there" and the like: the call notices, as over any network that loses datagrams.
    socket.on('error', () => this.destroy())
  }

  /**
   * Null when the system knows no way to the address. Nothing is sent by this. After `idleMs` milliseconds of silence in
   * both directions it is closed.
   */
  static async open({ address, family }: Address, port: number, idleMs: number): Promise<Datagrams | null> {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
    try {
      await new Promise<void>((ready, fail) => {
        socket.once('error', fail)
        socket.connect(port, address, () => {
          socket.off('error', fail)
          ready()
        })
      })
      return new Datagrams(socket, idleMs)
    } catch {
      socket.close()
      return null // the caller answers as for any host that cannot be reached
    }
  }

  send(message: Buffer): void {
    if (this.closed) return
    this.idle.refresh()
    this.socket.send(message, () => undefined)
  }

  destroy(): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.idle)
    this.socket.close()
    this.emit('close')
  }
}
