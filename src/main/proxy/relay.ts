import type { OnReadOpts, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** One read of a connection, bytes. Fewer and bigger reads cost less; each open connection holds one such buffer. */
const READ_BYTES = 128 * 1024
/** Buffers that wait for the next read rather than for the garbage collector, over all connections. */
const MAX_SPARE = 16
const spare: Buffer[] = []

const takeBuffer = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES)
const giveBack = (buffer: Buffer): void => {
  if (spare.length < MAX_SPARE) spare.push(buffer)
}

/** What is looked at before the rest is carried as it is: the head of an answer. */
export interface Opening {
  /** The bytes to send once the head is whole, `more` until then, or `wrong` when it cannot be passed on. */
  take(bytes: Buffer): Buffer | 'more' | 'wrong'
  /** The head was wrong, or ended before it was whole. The far end is gone; nothing was sent to the client. */
  failed(): void
}

/**
 * Carries what a far end sends to a client, past the stream in between: reads go into buffers that are used again once
 * the client's system has taken what is in them. Less than half of what `pipe` costs.
 */
export class Relay {
  private client: Duplex | null = null
  private far: Socket | null = null
  private opening: Opening | null = null

  /** For the connection to the far end, which has to be paused until `start`. */
  readonly onread: OnReadOpts = {
    buffer: takeBuffer,
    // The buffer is the one of `takeBuffer`, whatever the type says.
    callback: (bytes, buffer) => this.pass(bytes, buffer as Buffer)
  }

  start(far: Socket, client: Duplex, opening: Opening | null = null): void {
    this.far = far
    this.client = client
    this.opening = opening
    client.on('drain', () => far.resume())
    far.once('end', () => {
      if (this.opening === null) client.end()
      else this.fail(this.opening)
    })
    far.resume()
  }

  /** True while more may be read. */
  private pass(bytes: number, buffer: Buffer): boolean {
    const { client, opening } = this
    if (client === null || client.destroyed) {
      this.far?.destroy()
      return false
    }
    const read = buffer.subarray(0, bytes)
    if (opening === null) {
      return client.write(read, (error) => {
        // After an error nobody knows who still looks at it.
        if (!error) giveBack(buffer)
      })
    }
    const first = opening.take(Buffer.from(read))
    giveBack(buffer)
    if (first === 'more') return true
    if (first === 'wrong') {
      this.fail(opening)
      return false
    }
    this.opening = null
    return client.write(first)
  }

  private fail(opening: Opening): void {
    this.opening = null
    this.far?.destroy()
    opening.failed()
  }
}
