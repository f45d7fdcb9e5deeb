import { z } from 'zod'
import { checkStateSchema } from '../check/check'
import type { VpnPolicy } from '../policy/vpn'
import type { Link, Path, TunnelFacts, TunnelPeer } from './facts'

/** Why the tunnel does not count, in the order in which it is looked at. */
export const tunnelCauseSchema = z.enum([
  /** The machine could not be asked. */
  'unreadable',
  'no-interface',
  'interface-down',
  /** An interface of the right name that is no tunnel. */
  'wrong-kind',
  /** A host leaves by another interface. */
  'leak',
  /** A second route, exactly as specific, leads round the tunnel. */
  'second-route',
  'no-route',
  'handshake-unknown',
  'no-handshake',
  'no-traffic'
])
export type TunnelCause = z.infer<typeof tunnelCauseSchema>

/** What is known of the tunnel. Only `pass` opens the way out. */
export const tunnelVerdictSchema = z.strictObject({
  state: checkStateSchema,
  /** Null when it passes. */
  cause: tunnelCauseSchema.nullable(),
  evidence: z.string().max(500),
  /** Addresses that the tunnel gave this machine: what leaves by it carries one of them. */
  sources: z.array(z.string().max(64)).max(64)
})
export type TunnelVerdict = z.infer<typeof tunnelVerdictSchema>

/** Kinds of interface that a VPN client makes, by what the policy says the VPN is. */
const kinds: Readonly<Record<VpnPolicy['kind'], readonly string[]>> = {
  wireguard: ['wireguard', 'tun'],
  openvpn: ['tun', 'tap', 'ovpn', 'ovpn-dco'],
  other: ['wireguard', 'tun', 'tap', 'ovpn', 'ovpn-dco', 'ppp', 'xfrm', 'vti', 'vti6', 'ipsec']
}

const not = (state: 'fail' | 'unknown' | 'error', cause: TunnelCause, evidence: string): TunnelVerdict => ({
  state,
  cause,
  evidence: evidence.slice(0, 500),
  sources: []
})

/** The machine could not be asked: nothing is known, so nothing is shown. */
export const unreadableTunnel = (problem: string): TunnelVerdict => not('error', 'unreadable', problem)

/**
 * Judges one round of facts. It passes when one of the policy's interfaces is up and is a tunnel, every address of every
 * host leaves by such an interface alone, no equal route leads round it, its handshake is fresh where the policy asks for
 * one, and the probe's host answered to an address of the tunnel. Pure and total: a fact that is missing never passes.
 */
export function judgeTunnel(policy: VpnPolicy, facts: TunnelFacts): TunnelVerdict {
  const named = facts.links.filter(({ name }) => policy.interfaces.includes(name))
  const list = policy.interfaces.join(', ')
  if (named.length === 0) return not('fail', 'no-interface', `there is no interface ${list}`)
  const up = named.filter((link) => link.up)
  if (up.length === 0) return not('fail', 'interface-down', `${namesOf(named)} is down`)
  const tunnels = up.filter(({ kind }) => kinds[policy.kind].includes(kind))
  if (tunnels.length === 0) {
    return not('fail', 'wrong-kind', `${namesOf(up)} is no ${policy.kind} tunnel but ${up[0]?.kind ?? ''}`)
  }
  return (
    routeProblem(policy, facts, tunnels) ??
    handshakeProblem(policy, facts, tunnels) ??
    probeProblem(policy, facts, tunnels) ?? {
      state: 'pass',
      cause: null,
      evidence: evidenceOf(facts, tunnels).slice(0, 500),
      sources: tunnels.flatMap(({ addresses }) => addresses).slice(0, 64)
    }
  )
}

const namesOf = (links: readonly Link[]): string => links.map(({ name }) => name).join(', ')

function routeProblem(
  policy: VpnPolicy,
  { targets, paths }: TunnelFacts,
  tunnels: readonly Link[]
): TunnelVerdict | null {
  const within = new Set(tunnels.map(({ name }) => name))
  const outside = (names: readonly string[]): string | undefined => names.find((name) => !within.has(name))
  const asked = targets
    .flatMap(({ host, addresses }) => addresses.map((address) => ({ host, address })))
    .filter(({ address }) => !policy.endpoints.includes(address))
  for (const { host, address } of asked) {
    const path = pathTo(paths, address)
    if (path === undefined) return not('unknown', 'no-route', `the way to ${host} (${address}) is not known`)
    const leak = path.own ? undefined : outside(path.by)
    if (leak !== undefined) {
      return not('fail', 'leak', `${host} (${address}) leaves by ${leak}, outside the tunnel`)
    }
  }
  for (const { host, address } of asked) {
    const rival = outside(pathTo(paths, address)?.rivals ?? [])
    if (rival === undefined) continue
    return not('fail', 'second-route', `a second route to ${host} (${address}) leads by ${rival}`)
  }
  // An address without any way leaks nothing (IPv6 behind a tunnel for IPv4, say); a host without any is cut off.
  const apart = targets.filter(({ addresses }) => addresses.some((one) => policy.endpoints.includes(one)))
  const through = asked.filter(({ address }) => hasWay(pathTo(paths, address)))
  const reachable = new Set([...apart, ...through].map(({ host }) => host))
  const cutOff = asked.find(({ host }) => !reachable.has(host))
  if (cutOff === undefined) return null
  return not('fail', 'no-route', `${cutOff.host} (${cutOff.address}) is not routed by ${namesOf(tunnels)}`)
}

const hasWay = (path: Path | undefined): boolean => path !== undefined && (path.own || path.by.length > 0)

const pathTo = (paths: readonly Path[], address: string): Path | undefined =>
  paths.find((path) => path.address === address)

function handshakeProblem(
  { handshakeMaxAgeMs, peers: wanted }: VpnPolicy,
  { handshakes }: TunnelFacts,
  tunnels: readonly Link[]
): TunnelVerdict | null {
  if (handshakeMaxAgeMs === null && wanted.length === 0) return null
  if (handshakes === null || !handshakes.known) {
    return not('unknown', 'handshake-unknown', handshakes?.why ?? 'the service was not asked')
  }
  for (const { name } of tunnels) {
    const peers = handshakes.peers.filter((peer) => peer.interface === name)
    const strange = peers.find(({ publicKey }) => wanted.length > 0 && !wanted.includes(publicKey))
    if (strange !== undefined) {
      return not('fail', 'no-handshake', `${name} leads to ${strange.publicKey}, which is not IT's`)
    }
    if (!peers.some((peer) => isFresh(peer, handshakeMaxAgeMs))) {
      return not(
        'fail',
        'no-handshake',
        `${name} has no handshake younger than ${limitWords(handshakeMaxAgeMs)}`
      )
    }
  }
  return null
}

const isFresh = ({ handshakeAgeMs }: TunnelPeer, limit: number | null): boolean =>
  handshakeAgeMs !== null && handshakeAgeMs >= 0 && handshakeAgeMs <= (limit ?? Infinity)

const limitWords = (limit: number | null): string =>
  limit === null ? 'the last start' : `${Math.round(limit / 1000)} s`

function probeProblem(
  { probe: { host, port } }: VpnPolicy,
  { probe }: TunnelFacts,
  tunnels: readonly Link[]
): TunnelVerdict | null {
  if (!probe.answered) return not('fail', 'no-traffic', `${host}:${port} does not answer: ${probe.why}`)
  if (tunnels.some(({ addresses }) => addresses.includes(probe.from))) return null
  return not('fail', 'leak', `${host}:${port} was reached from ${probe.from}, which is not the tunnel's`)
}

function evidenceOf({ targets }: TunnelFacts, tunnels: readonly Link[]): string {
  const lost = targets.filter(({ addresses }) => addresses.length === 0).map(({ host }) => host)
  const well = `${targets.length - lost.length} hosts leave by ${namesOf(tunnels)}, and answers come back`
  return lost.length === 0 ? well : `${well}; without an address: ${lost.join(', ')}`
}
