/** One network interface of this machine. */
export interface Link {
  readonly name: string
  /** Up, and with a carrier where the system tells. */
  readonly up: boolean
  /** What made it: `wireguard`, `tun`, `ppp`, `ether` …; `unknown` where the system does not tell. */
  readonly kind: string
  /** Its own addresses, without prefix length, as the system spells them. */
  readonly addresses: readonly string[]
}

/** Where the kernel would send a packet to one address. */
export interface Path {
  readonly address: string
  /** Every interface it may leave by; empty when there is no way at all, which leaks nothing. */
  readonly by: readonly string[]
  /** True for an address of this machine: it never leaves. */
  readonly own: boolean
  /** Interfaces of other routes that are exactly as specific: they take over when the first goes. */
  readonly rivals: readonly string[]
}

/** A far end of a WireGuard tunnel, as the privileged service sees it. */
export interface TunnelPeer {
  readonly interface: string
  readonly publicKey: string
  /** Milliseconds since the last handshake; null when there never was one. */
  readonly handshakeAgeMs: number | null
}

export type Handshakes =
  | { readonly known: true; readonly peers: readonly TunnelPeer[] }
  /** The service did not answer, or could not tell. */
  | { readonly known: false; readonly why: string }

/** Whether the probe's host answered, and from which of our addresses it was asked. */
export type ProbeAnswer =
  { readonly answered: true; readonly from: string } | { readonly answered: false; readonly why: string }

/** A host that has to be reached through the tunnel, with what its name resolved to. */
export interface TunnelTarget {
  readonly host: string
  readonly port: number
  /** Empty while the name does not resolve: what has no address cannot be reached either way. */
  readonly addresses: readonly string[]
}

/** Everything that a verdict about the tunnel is made from, taken within one round. */
export interface TunnelFacts {
  readonly links: readonly Link[]
  readonly targets: readonly TunnelTarget[]
  readonly paths: readonly Path[]
  /** Null where the policy does not ask for them. */
  readonly handshakes: Handshakes | null
  readonly probe: ProbeAnswer
}
