import type { Socket } from 'node:net'

/** The file descriptor under a socket of Node; null when it is closed. Node keeps it in an undocumented place. */
export function descriptorOf(connection: Socket): number | null {
  const handle: unknown = Reflect.get(connection, '_handle')
  if (typeof handle !== 'object' || handle === null) return null
  const descriptor: unknown = Reflect.get(handle, 'fd')
  return typeof descriptor === 'number' && descriptor >= 0 ? descriptor : null
}
