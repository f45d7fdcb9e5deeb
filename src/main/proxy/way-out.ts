import type { WayOut } from '../../contract/helper/proxy'

/** Both ends of a connection, as its socket names them. */
interface Ends {
  readonly localAddress?: string | undefined
  readonly remoteAddress?: string | undefined
}

/** An IPv4 address in IPv6 clothes is the IPv4 address. */
const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/i, '').toLowerCase()

/**
 * Whether a connection that was made leaves by the tunnel: the system gives it the address of the interface it leaves by.
 * What stays on this machine leaves by nothing.
 */
export function leavesByTunnel(ends: Ends, wayOut: WayOut | undefined): boolean {
  if (wayOut === undefined) return true
  const [local, remote] = [plain(ends.localAddress), plain(ends.remoteAddress)]
  if (local === '' || remote === '') return false
  if (local === remote) return true
  const same = (address: string): boolean => plain(address) === local
  return wayOut.sources.some(same) || wayOut.apart.some((address) => plain(address) === remote)
}
