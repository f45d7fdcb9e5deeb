import type { TunnelsReply } from '../contract/service/tunnels'
import { runProgram } from '../device/contract/run-program'
import { ifThere } from '../device/contract/sources'

type Peers = Pick<TunnelsReply, 'peers' | 'problem'>

const PROGRAMS = ['/usr/bin/wg', '/usr/local/bin/wg', '/opt/homebrew/bin/wg'] as const
const LIMIT_MS = 2000
const MAX_BYTES = 64 * 1024
const MAX_PEERS = 64

/**
 * Asks `wg` for the handshakes of every WireGuard interface. `wg show all dump` would print private keys as well, so it
 * is not used. What cannot be asked or read gives no peers, and the reason.
 */
export async function readTunnels(now: () => number = Date.now): Promise<Peers> {
  for (const program of PROGRAMS) {
    try {
      const said = await ifThere(
        runProgram(program, ['show', 'all', 'latest-handshakes'], {
          environment: {},
          maxBytes: MAX_BYTES,
          signal: AbortSignal.timeout(LIMIT_MS)
        })
      )
      if (said === null) continue
      if (said.code !== 0) return { peers: null, problem: `wg ended with ${said.code}` }
      return peersOf(said.stdout, now())
    } catch (error) {
      return { peers: null, problem: error instanceof Error ? error.message : 'wg failed' }
    }
  }
  return { peers: null, problem: 'the program wg is not installed' }
}

/** Lines of `interface<TAB>public key<TAB>seconds since 1970`; 0 seconds: never. */
export function peersOf(stdout: string, nowMs: number): Peers {
  const lines = stdout.split('\n').filter((line) => line !== '')
  if (lines.length > MAX_PEERS) return { peers: null, problem: `wg shows more than ${MAX_PEERS} peers` }
  const peers = lines.flatMap((line) => {
    const found = /^([^\t]{1,64})\t([A-Za-z0-9+/]{43}=)\t(\d{1,15})$/.exec(line)
    if (found === null) return []
    const [, name = '', publicKey = '', seconds = ''] = found
    const handshakeAgeMs = Number(seconds) === 0 ? null : nowMs - Number(seconds) * 1000
    return [{ interface: name, publicKey, handshakeAgeMs }]
  })
  return peers.length === lines.length
    ? { peers, problem: '' }
    : { peers: null, problem: 'wg printed something else than handshakes' }
}
