import { z } from 'zod'
import type { Link, Path } from '../../../core/tunnel/facts'
import type { Destination, NetworkPicture } from '../../contract/network'

const routeSchema = z.looseObject({ DestinationPrefix: z.string(), InterfaceAlias: z.string() })
const printedSchema = z.looseObject({
  links: z.array(z.looseObject({ Name: z.string(), Status: z.string(), InterfaceDescription: z.string() })),
  addresses: z.array(z.looseObject({ InterfaceAlias: z.string(), IPAddress: z.string() })),
  routes: z.array(routeSchema),
  paths: z.array(z.looseObject({ address: z.string(), routes: z.array(routeSchema) }))
})
type Printed = z.infer<typeof printedSchema>

/** What a driver's description says of it. */
const kindsByDescription: readonly (readonly [RegExp, string])[] = [
  [/wireguard/i, 'wireguard'],
  [/data channel offload|ovpn-dco/i, 'ovpn-dco'],
  [/wintun/i, 'tun'],
  [/tap-windows/i, 'tap'],
  [/wan miniport \((ikev2|l2tp|sstp|pptp|ppp)/i, 'ppp']
]

/** Reads what the script of `reader.ts` printed. Throws when anything of it is not as expected. */
export function readPicture(text: string, destinations: readonly Destination[]): NetworkPicture {
  const printed = printedSchema.parse(JSON.parse(text))
  return {
    links: printed.links.map((link) => linkOf(link, printed)),
    paths: destinations.map(({ address }) => pathOf(address, printed))
  }
}

function linkOf({ Name, Status, InterfaceDescription }: Printed['links'][number], printed: Printed): Link {
  return {
    name: Name,
    up: Status === 'Up',
    kind: kindsByDescription.find(([pattern]) => pattern.test(InterfaceDescription))?.[1] ?? 'ether',
    addresses: printed.addresses
      .filter(({ InterfaceAlias }) => InterfaceAlias === Name)
      // Link-local addresses carry the interface's number behind a percent sign.
      .map(({ IPAddress }) => IPAddress.split('%')[0] ?? '')
  }
}

function pathOf(address: string, { paths, routes }: Printed): Path {
  const found = paths.find((path) => path.address === address)
  if (found === undefined) throw new Error(`there is no answer for ${address}`)
  const by = found.routes.map(({ InterfaceAlias }) => InterfaceAlias)
  const own = by.length > 0 && by.every((name) => /^Loopback /.test(name))
  const prefixes = found.routes.map(({ DestinationPrefix }) => DestinationPrefix)
  const rivals = routes
    .filter(({ DestinationPrefix }) => prefixes.includes(DestinationPrefix))
    .map(({ InterfaceAlias }) => InterfaceAlias)
  return { address, by: [...new Set(by)], own, rivals: own ? [] : [...new Set(rivals)] }
}
