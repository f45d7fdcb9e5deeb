import { existsSync } from 'node:fs'
import type { NetworkPicture, NetworkReader } from '../../contract/network'
import { plainEnvironment, runProgram } from '../../contract/run-program'
import { watchProgram } from '../../contract/watch-program'
import { readPicture } from './picture'

/** Where distributions put iproute2. It is not looked for in PATH, which others may set. */
const PLACES = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'] as const
/** The routes of every table are in it. */
const MAX_BYTES = 4 * 1024 * 1024
const programPath = (): string => PLACES.find((path) => existsSync(path)) ?? PLACES[0]

/** Asks iproute2, in one run for everything: what is compared must be of one moment. */
export const linuxNetwork: NetworkReader = {
  read: async (destinations, signal): Promise<NetworkPicture> => {
    const lines = [
      'addr show',
      'route show table all',
      ...destinations.map(({ address, port }) => `route get fibmatch ${address} ipproto tcp dport ${port}`)
    ]
    const args = ['-j', '-d', '-force', '-batch', '-']
    const input = `${lines.join('\n')}\n`
    const options = { environment: plainEnvironment, maxBytes: MAX_BYTES, signal, input }
    return readPicture(await runProgram(programPath(), args, options), destinations)
  },
  watch: (changed) => watchProgram(programPath(), ['monitor', 'link', 'address', 'route', 'rule'], changed)
}
