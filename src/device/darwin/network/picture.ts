import type { Link, Path } from '../../../core/tunnel/facts'

/** One line of `netstat -rn`. */
export interface DarwinRoute {
  readonly destination: string
  readonly flags: string
  readonly interface: string
  readonly six: boolean
}

/** What an interface's name says of it: macOS names them after their driver. */
const kindsByName: readonly (readonly [RegExp, string])[] = [
  [/^utun\d+$/, 'tun'],
  [/^ipsec\d+$/, 'ipsec'],
  [/^ppp\d+$/, 'ppp'],
  [/^tap\d+$/, 'tap']
]

/** Reads `ifconfig -a`. */
export function linksOf(text: string): readonly Link[] {
  const blocks = text.split(/^(?=\S)/m).filter((block) => block.trim() !== '')
  return blocks.map((block): Link => {
    const head = /^(\S+): flags=[0-9a-f]+<([A-Z0-9,]*)>/.exec(block)
    if (head?.[1] === undefined) throw new Error('ifconfig said something else than interfaces')
    const [, name, flags = ''] = head
    const set = flags.split(',')
    return {
      name,
      up: set.includes('UP') && set.includes('RUNNING'),
      kind: kindsByName.find(([pattern]) => pattern.test(name))?.[1] ?? 'ether',
      addresses: [...block.matchAll(/^\s+inet6? ([0-9a-f.:]+)/gm)].map(([, address = '']) => address)
    }
  })
}

/** Reads `netstat -rnl`. Lines that are no routes are headings. */
export function routesOf(text: string): readonly DarwinRoute[] {
  let six = false
  const routes: DarwinRoute[] = []
  for (const line of text.split('\n')) {
    if (/^Internet6?:/.test(line)) six = line.startsWith('Internet6')
    const [destination, , flags, ...rest] = line.trim().split(/\s+/)
    if (destination === undefined || flags === undefined || !/^U[A-Za-z]*$/.test(flags)) continue
    const name = rest.find((word) => /^[a-z]+\d+$/.test(word))
    if (name !== undefined) routes.push({ destination, flags, interface: name, six })
  }
  return routes
}

/** Reads `route -n get`, and finds other routes of the same destination. */
export function pathOf(address: string, text: string, routes: readonly DarwinRoute[]): Path {
  const name = /^\s*interface: (\S+)$/m.exec(text)?.[1]
  if (name === undefined) {
    // It says so in words and gives a code; any other answer is not one.
    if (/not in table/.test(text) || text.trim() === '') return { address, by: [], own: false, rivals: [] }
    throw new Error(`route gave no interface for ${address}`)
  }
  const flags = /^\s*flags: <([^>]*)>/m.exec(text)?.[1]?.split(',') ?? []
  if (flags.includes('REJECT') || flags.includes('BLACKHOLE'))
    return { address, by: [], own: false, rivals: [] }
  const six = address.includes(':')
  const destination = /^\s*destination: (\S+)$/m.exec(text)?.[1] ?? ''
  const own = name === 'lo0'
  const rivals = routes
    // A scoped route (flag I) serves programs that asked for its interface, not the rest.
    .filter((route) => route.six === six && !route.flags.includes('I'))
    .filter((route) => route.destination === destination)
    .map((route) => route.interface)
  return { address, by: [name], own, rivals: own ? [] : [...new Set(rivals)] }
}
