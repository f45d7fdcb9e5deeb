import type { Link, Path } from '../../../core/tunnel/facts'
import type { Destination, NetworkPicture } from '../../contract/network'
import { addressList, routeList, type Route, type RawLink } from './schemas'

/**
 * Reads what `ip -j -d -force -batch -` printed: one line for the addresses, one for all routes, then one for each
 * destination that has a route. Throws when anything of it is not as expected.
 */
export function readPicture(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  destinations: readonly Destination[]
): NetworkPicture {
  const failed = new Set([...stderr.matchAll(/^Command failed -:(\d+)$/gm)].map(([, line]) => Number(line)))
  if (failed.has(1) || failed.has(2)) throw new Error(`ip failed: ${stderr.slice(0, 200)}`)
  const lines = stdout.split('\n').filter((line) => line.trim() !== '')
  const take = (): unknown => JSON.parse(lines.shift() ?? '')
  const links = addressList.parse(take()).map(linkOf)
  const routes = routeList.parse(take())
  const paths = destinations.map(({ address }, index): Path => {
    // Lines count from 1, and two stand before the destinations.
    if (failed.has(index + 3)) return { address, by: [], own: false, rivals: [] }
    const [route] = routeList.parse(take())
    if (route === undefined) throw new Error(`ip gave no route to ${address}`)
    return pathOf(address, route, routes)
  })
  if (lines.length > 0) throw new Error('ip said more than was asked')
  return { links, paths }
}

function linkOf(raw: RawLink): Link {
  const { ifname: name, flags, link_type: type, linkinfo, addr_info: addresses } = raw
  return {
    name,
    up: flags.includes('UP') && flags.includes('LOWER_UP'),
    kind: linkinfo?.info_kind ?? type,
    addresses: addresses.flatMap(({ local }) => (local === undefined ? [] : [local]))
  }
}

function pathOf(address: string, route: Route, all: readonly Route[]): Path {
  const type = route.type ?? 'unicast'
  const own = type === 'local'
  // `unreachable`, `blackhole` and `prohibit` let nothing leave.
  if (type !== 'unicast' && !own) return { address, by: [], own, rivals: [] }
  const isSix = address.includes(':')
  const rivals = all
    .filter((other) => (other.type ?? 'unicast') === 'unicast' && isOfSix(other) === isSix)
    .filter((other) => other.dst === route.dst && tableOf(other) === tableOf(route))
    .flatMap(interfacesOf)
  return { address, by: interfacesOf(route), own, rivals: own ? [] : [...new Set(rivals)] }
}

const tableOf = ({ table }: Route): string => table ?? 'main'
/** Both families have a route `default`; the kernel gives every route of IPv6 a preference, and none of IPv4. */
const isOfSix = ({ pref, dst }: Route): boolean => pref !== undefined || dst.includes(':')
const interfacesOf = ({ dev, nexthops }: Route): readonly string[] => [
  ...(dev === undefined ? [] : [dev]),
  ...nexthops.flatMap((hop) => (hop.dev === undefined ? [] : [hop.dev]))
]
