import type { Socket } from 'node:net'
import type { AllowList } from './allow-list'
import type { Target } from './authority'
import { leavesByTunnel } from './way-out'

/** Connections under way, so that what is taken off the list is cut off, not merely refused next time. */
export class Live {
  private readonly connections = new Map<Socket, Target>()

  add(connection: Socket, target: Target): void {
    this.connections.set(connection, target)
    connection.once('close', () => this.connections.delete(connection))
  }

  cutAllBut(list: AllowList): void {
    for (const [connection, target] of this.connections) {
      if (!list.allows(target) || !leavesByTunnel(connection, list.wayOut)) connection.destroy()
    }
  }

  cutAll(): void {
    for (const connection of this.connections.keys()) connection.destroy()
  }
}
