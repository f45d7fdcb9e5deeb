import type { Peer } from '../device/contract'

/** Who may ask. An empty list means nobody. */
export interface AllowedPeers {
  readonly uids: readonly number[]
  readonly sids: readonly string[]
}

/** The one decision about a peer: it is on the list. Nobody is let in for being root. */
export function isAllowed(peer: Peer, allowed: AllowedPeers): boolean {
  return peer.kind === 'user' ? allowed.uids.includes(peer.uid) : allowed.sids.includes(peer.sid)
}
