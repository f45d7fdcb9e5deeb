import type { AllowList } from './allow-list'
import type { Target } from './authority'
import { leavesByTunnel } from './way-out'

/** A connection, or datagrams to and from one address. */
export interface Connection {
  readonly localAddress?: string | undefined
  readonly remoteAddress?: string | undefined
  destroy(): unknown
  once(event: 'close', act: () => void): unknown
}

/** Connections under way, so that what is taken off the list is cut off, not merely refused next time. */
export class Live {
  private readonly connections = new Map<Connection, Target>()

  add(connection: Connection, target: Target): void {
    this.connections.set(connection, target)
    connection.once('close', () => this.connections.delete(connection))
  }

  cutAllBut(list: AllowList): void {
    for (const [connection, target] of this.connections) {
      const allowed = list.allows(target) || list.relayAt(target) !== undefined
      if (!allowed || !leavesByTunnel(connection, list.wayOut)) connection.destroy()
    }
  }

  cutAll(): void {
    for (const connection of this.connections.keys()) connection.destroy()
  }
}
