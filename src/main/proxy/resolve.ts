import { lookup as systemLookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { err, ok, type Result } from '../../core/result'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}
export type Lookup = (hostname: string) => Promise<readonly Address[]>

/** This machine and its own link: no listed name has business there, whatever a name server says. */
const own = new BlockList()
own.addSubnet('0.0.0.0', 8)
own.addSubnet('127.0.0.0', 8)
own.addSubnet('169.254.0.0', 16)
own.addSubnet('224.0.0.0', 3)
own.addAddress('::', 'ipv6')
own.addAddress('::1', 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')
own.addSubnet('ff00::', 8, 'ipv6')

/** True for addresses that a listed name must not lead to. IPv4 in IPv6 clothes is judged as IPv4. */
export function isOwnAddress({ address, family }: Address): boolean {
  return own.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

const dns: Lookup = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, verbatim: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/**
 * The addresses to connect to. A literal stands for itself: it was listed as such. A name that leads to this machine,
 * even by one of its addresses, is refused as a rebinding.
 */
export async function resolve(
  hostname: string,
  lookup: Lookup = dns
): Promise<Result<readonly Address[], 'not-found' | 'rebinding'>> {
  const literal = isIP(hostname)
  if (literal !== 0) return ok([{ address: hostname, family: literal === 6 ? 6 : 4 }])
  try {
    const addresses = await lookup(hostname)
    if (addresses.length === 0) return err('not-found')
    return addresses.some(isOwnAddress) ? err('rebinding') : ok(addresses)
  } catch {
    return err('not-found') // the name has no address now; the caller answers as for any dead host
  }
}
