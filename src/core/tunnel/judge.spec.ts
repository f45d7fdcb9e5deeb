import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vpnSchema, type VpnPolicy } from '../policy/vpn'
import type { TunnelFacts } from './facts'
import { judgeTunnel, tunnelVerdictSchema, unreadableTunnel } from './judge'

const KEY = `${'A'.repeat(43)}=`
const policy: VpnPolicy = vpnSchema.parse({
  response: 'blank',
  kind: 'wireguard',
  interfaces: ['wg0'],
  handshakeMaxAgeMs: 180_000,
  peers: [],
  probe: { host: '10.0.0.2', port: 443 },
  endpoints: []
})
const good: TunnelFacts = {
  links: [
    { name: 'eth0', up: true, kind: 'ether', addresses: ['192.168.1.5'] },
    { name: 'wg0', up: true, kind: 'wireguard', addresses: ['10.0.0.1'] }
  ],
  targets: [{ host: 'members.example', port: 443, addresses: ['203.0.113.5', '2001:db8::5'] }],
  paths: [
    { address: '203.0.113.5', by: ['wg0'], own: false, rivals: ['wg0'] },
    { address: '2001:db8::5', by: [], own: false, rivals: [] }
  ],
  handshakes: { known: true, peers: [{ interface: 'wg0', publicKey: KEY, handshakeAgeMs: 60_000 }] },
  probe: { answered: true, from: '10.0.0.1' }
}
const first = good.paths[0] ?? { address: '', by: [], own: false, rivals: [] }
const withPath = (change: Partial<typeof first>): TunnelFacts => ({
  ...good,
  paths: [{ ...first, ...change }, ...good.paths.slice(1)]
})
const withLink = (change: object): TunnelFacts => ({
  ...good,
  links: good.links.map((link) => (link.name === 'wg0' ? { ...link, ...change } : link))
})
const peer = (handshakeAgeMs: number | null, name = 'wg0'): TunnelFacts['handshakes'] => ({
  known: true,
  peers: [{ interface: name, publicKey: KEY, handshakeAgeMs }]
})

describe('D11 a tunnel', () => {
  it('passes when everything leaves by it and answers come back, and says from which addresses', () => {
    expect(judgeTunnel(policy, good)).toMatchObject({ state: 'pass', cause: null, sources: ['10.0.0.1'] })
  })

  it.each<readonly [string, string, TunnelFacts]>([
    ['no-interface', 'is not there', { ...good, links: good.links.slice(0, 1) }],
    ['interface-down', 'is down', withLink({ up: false })],
    ['wrong-kind', 'is an ordinary interface of its name', withLink({ kind: 'dummy' })],
    ['leak', 'has a host that leaves by another interface', withPath({ by: ['eth0'] })],
    ['leak', 'has a host that leaves by either of two', withPath({ by: ['wg0', 'eth0'] })],
    ['second-route', 'has an equal route beside it', withPath({ rivals: ['wg0', 'eth0'] })],
    ['no-route', 'has a host that nothing leads to', withPath({ by: [] })],
    ['no-route', 'was not asked about an address', { ...good, paths: [] }],
    ['no-handshake', 'never had a handshake', { ...good, handshakes: peer(null) }],
    ['no-handshake', 'had one too long ago', { ...good, handshakes: peer(180_001) }],
    ['no-handshake', 'had one in the future', { ...good, handshakes: peer(-5000) }],
    ['no-handshake', 'had one on another interface', { ...good, handshakes: peer(1000, 'wg1') }],
    [
      'handshake-unknown',
      'has a service that does not answer',
      { ...good, handshakes: { known: false, why: '' } }
    ],
    ['handshake-unknown', 'was not asked for handshakes', { ...good, handshakes: null }],
    ['no-traffic', 'brings no answer back', { ...good, probe: { answered: false, why: 'ETIMEDOUT' } }],
    ['leak', 'was answered on another address', { ...good, probe: { answered: true, from: '192.168.1.5' } }]
  ])('with cause %s that %s does not pass', (cause, _words, facts) => {
    const verdict = judgeTunnel(policy, facts)
    expect(verdict.cause).toBe(cause)
    expect(verdict.state).not.toBe('pass')
    expect(verdict.sources).toEqual([])
  })

  it('that leads to another far end than IT’s does not pass', () => {
    const strict = { ...policy, peers: [`${'B'.repeat(43)}=`] }
    expect(judgeTunnel(strict, good)).toMatchObject({ state: 'fail', cause: 'no-handshake' })
    expect(judgeTunnel({ ...policy, peers: [KEY] }, good).state).toBe('pass')
  })

  it('may leave its own far end outside, where the policy names its address', () => {
    const facts = withPath({ by: ['eth0'] })
    expect(judgeTunnel({ ...policy, endpoints: ['203.0.113.5'] }, facts).state).toBe('pass')
  })

  it('is not asked for what stays on this machine', () => {
    expect(judgeTunnel(policy, withPath({ by: ['lo'], own: true })).state).toBe('pass')
  })

  it('that could not be looked at is an error', () => {
    expect(unreadableTunnel('ip is not there')).toMatchObject({ state: 'error', sources: [] })
  })

  const names = fc.constantFrom('wg0', 'eth0', 'lo')
  const address = fc.constantFrom('203.0.113.5', '2001:db8::5', '10.0.0.1')
  const anyFacts: fc.Arbitrary<TunnelFacts> = fc.record({
    links: fc.array(
      fc.record({
        name: names,
        up: fc.boolean(),
        kind: fc.constantFrom('wireguard', 'tun', 'ether', 'unknown'),
        addresses: fc.array(address, { maxLength: 2 })
      }),
      { maxLength: 3 }
    ),
    targets: fc.array(
      fc.record({ host: fc.constantFrom('a', 'b'), port: fc.constant(443), addresses: fc.array(address) }),
      { maxLength: 3 }
    ),
    paths: fc.array(
      fc.record({
        address,
        by: fc.array(names, { maxLength: 2 }),
        own: fc.boolean(),
        rivals: fc.array(names)
      }),
      { maxLength: 4 }
    ),
    handshakes: fc.oneof(
      fc.constant(null),
      fc.constant({ known: false as const, why: '' }),
      fc.integer({ min: -1, max: 400_000 }).map((age) => peer(age))
    ),
    probe: fc.oneof(
      fc.constant({ answered: false as const, why: 'none' }),
      address.map((from) => ({ answered: true as const, from }))
    )
  })

  it('never passes with a host outside, without a fresh handshake or without an answer', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const verdict = judgeTunnel(policy, facts)
        expect(tunnelVerdictSchema.safeParse(verdict).success).toBe(true)
        if (verdict.state !== 'pass') return
        const { handshakes, probe, targets, paths } = facts
        expect(
          handshakes?.known === true && handshakes.peers.every((one) => (one.handshakeAgeMs ?? -1) >= 0)
        ).toBe(true)
        expect(probe.answered && verdict.sources.includes(probe.from)).toBe(true)
        for (const one of targets.flatMap(({ addresses }) => addresses)) {
          const path = paths.find((other) => other.address === one)
          expect(path?.own === true || path?.by.every((name) => name === 'wg0')).toBe(true)
        }
      }),
      { numRuns: 2000 }
    )
  })
})
