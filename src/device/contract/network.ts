import type { Link, Path } from '../../core/tunnel/facts'

/** One address that has to be looked up in the system's routes, with the TCP port that rules may go by. */
export interface Destination {
  readonly address: string
  readonly port: number
}

/** The machine's network at one moment. */
export interface NetworkPicture {
  readonly links: readonly Link[]
  /** One per destination, in order. */
  readonly paths: readonly Path[]
}

/** How the system is asked about its interfaces and routes. */
export interface NetworkReader {
  /** Throws when the system cannot be asked, or its answer cannot be read: nothing of it is used then. */
  read(destinations: readonly Destination[], signal: AbortSignal): Promise<NetworkPicture>
  /** Calls back soon after interfaces, addresses or routes changed. Answers how to stop it. */
  watch(changed: () => void): () => void
}
