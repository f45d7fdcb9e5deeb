import { z } from 'zod'

/** What follows while the VPN is not proven: `report` tells IT alone, `blank` hides the desk and closes the way out. */
export const vpnResponseSchema = z.enum(['report', 'blank'])

/** An interface's name as its system spells it: `wg0`, `utun4`, `Work VPN`. */
const interfaceName = z
  .string()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.@ -]{0,63}$/u, 'an interface name, such as wg0 or tun0')

/** The VPN that a desk has to work through. A signed policy names every field; an author may leave some out. */
export const vpnSchema = z
  .strictObject({
    response: vpnResponseSchema,
    /** `other`: any client that brings an interface of its own. */
    kind: z.enum(['wireguard', 'openvpn', 'other']),
    /** Traffic may leave by these interfaces and by no other. */
    interfaces: z.array(interfaceName).min(1).max(8),
    /**
     * Oldest handshake that counts, milliseconds, asked of the service; null: handshakes are not looked at. WireGuard
     * renews one every two minutes while there is traffic, and drops a session after three.
     */
    handshakeMaxAgeMs: z.number().int().min(150_000).max(3_600_000).nullable(),
    /** Public keys of the far ends that count (WireGuard, base64); empty: any. */
    peers: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'a WireGuard public key, base64')).max(16),
    /** What is asked for an answer through the tunnel, over TCP: a host behind the VPN that always listens. */
    probe: z.strictObject({
      host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'a host name or an address'),
      port: z.number().int().min(1).max(65_535)
    }),
    /** Addresses of the tunnel's own far end: the only ones that may be reached outside it. */
    endpoints: z.array(z.union([z.ipv4(), z.ipv6()])).max(16)
  })
  .check(({ value, issues }) => {
    if (value.kind === 'wireguard') return
    const message = `only WireGuard has it; with kind ${value.kind} leave it out`
    if (value.handshakeMaxAgeMs !== null) {
      issues.push({ code: 'custom', path: ['handshakeMaxAgeMs'], message, input: value.handshakeMaxAgeMs })
    }
    if (value.peers.length > 0) issues.push({ code: 'custom', path: ['peers'], message, input: value.peers })
  })
export type VpnPolicy = z.infer<typeof vpnSchema>

/** WireGuard's own limit for a session: past it nothing is sent with the old keys (Reject-After-Time). */
const WIREGUARD_SESSION_MS = 180_000

/** Fills in what the author of a policy left out of its `vpn`. What is written is left as it is, wrong or right. */
export function withDefaultVpn(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const written = document['vpn']
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return { ...document }
  const isWireGuard = 'kind' in written && written.kind === 'wireguard'
  const handshakeMaxAgeMs = isWireGuard ? WIREGUARD_SESSION_MS : null
  const vpn = { response: 'blank', handshakeMaxAgeMs, peers: [], endpoints: [], ...written }
  return { ...document, vpn }
}
