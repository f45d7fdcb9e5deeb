import type { NetworkPicture, NetworkReader } from '../../contract/network'
import { plainEnvironment, runProgram } from '../../contract/run-program'
import { watchProgram } from '../../contract/watch-program'
import { linksOf, pathOf, routesOf } from './picture'

const MAX_BYTES = 4 * 1024 * 1024

// Written from Apple's manual pages; it has not been run on a Mac.

/** Asks ifconfig, netstat and route, which come with the system. */
export const darwinNetwork: NetworkReader = {
  read: async (destinations, signal): Promise<NetworkPicture> => {
    const ask = async (program: string, args: readonly string[]): Promise<string> => {
      const options = { environment: plainEnvironment, maxBytes: MAX_BYTES, signal }
      return (await runProgram(program, args, options)).stdout
    }
    const [links, routes, ...gets] = await Promise.all([
      ask('/sbin/ifconfig', ['-a']),
      ask('/usr/sbin/netstat', ['-rnl']),
      ...destinations.map(({ address }) =>
        ask('/sbin/route', ['-n', 'get', address.includes(':') ? '-inet6' : '-inet', address])
      )
    ])
    const all = routesOf(routes)
    return {
      links: linksOf(links),
      paths: destinations.map(({ address }, index) => pathOf(address, gets[index] ?? '', all))
    }
  },
  watch: (changed) => watchProgram('/sbin/route', ['-n', 'monitor'], changed)
}
