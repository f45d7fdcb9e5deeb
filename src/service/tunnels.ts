import { execFile } from 'node:child_process'
import type { TunnelsReply } from '../contract/service/tunnels'

type Peers = Pick<TunnelsReply, 'peers' | 'problem'>

const PROGRAMS = ['/usr/bin/wg', '/usr/local/bin/wg', '/opt/homebrew/bin/wg'] as const
const LIMIT_MS = 2000
const MAX_PEERS = 64

/**
 * Asks `wg` for the handshakes of every WireGuard interface. `wg show all dump` would print private keys as well, so it
 * is not used. What cannot be asked or read gives no peers, and the reason.
 */
export async function readTunnels(now: () => number = Date.now): Promise<Peers> {
  for (const program of PROGRAMS) {
    const said = await run(program)
    if (said === 'absent') continue
    return typeof said === 'string' ? { peers: null, problem: said } : peersOf(said.stdout, now())
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

/** What it printed, `absent`, or in words why it failed. */
async function run(program: string): Promise<{ readonly stdout: string } | string> {
  return new Promise((resolve) => {
    const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 64 * 1024, env: {} } as const
    execFile(program, ['show', 'all', 'latest-handshakes'], options, (error, stdout) => {
      if (error === null) resolve({ stdout })
      else if (error.code === 'ENOENT') resolve('absent')
      else resolve(`wg failed (${error.killed === true ? 'no answer in time' : String(error.code)})`)
    })
  })
}
