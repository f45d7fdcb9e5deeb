import { randomUUID } from 'node:crypto'
import type { Handshakes } from '../core/tunnel/facts'
import type { ProbeLimits } from './contract'
import { askService } from './service-client'

/** The handshakes of this machine's WireGuard tunnels, as the privileged service sees them. No answer is not a good one. */
export async function tunnelPeers(serviceSocket: string, limits: ProbeLimits): Promise<Handshakes> {
  const reply = await askService(serviceSocket, { id: randomUUID(), ask: 'tunnels' }, limits)
  if (!reply.ok) {
    const { error } = reply
    return { known: false, why: error.kind === 'absent' ? `no service (${error.code})` : error.problem }
  }
  const { value } = reply
  if (value.kind === 'refused') return { known: false, why: `the service refused: ${value.reason}` }
  if (value.kind !== 'tunnels') return { known: false, why: 'the service answered another question' }
  return value.peers === null ? { known: false, why: value.problem } : { known: true, peers: value.peers }
}
