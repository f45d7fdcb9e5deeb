import { beforeEach, describe, expect, it } from 'vitest'
import type { TunnelOrder } from '../../contract/helper/tunnel'
import type { VpnPolicy } from '../../core/policy/vpn'
import type { TunnelVerdict } from '../../core/tunnel/judge'
import { VpnWatch, wayOutOf, type VpnStanding } from './vpn-watch'

const vpn: VpnPolicy = {
  response: 'blank',
  kind: 'openvpn',
  interfaces: ['tun0'],
  handshakeMaxAgeMs: null,
  peers: [],
  probe: { host: '10.0.0.2', port: 443 },
  endpoints: ['203.0.113.9']
}
const pass: TunnelVerdict = { state: 'pass', cause: null, evidence: 'well', sources: ['10.0.0.1'] }

describe('D11 the watch over the VPN', () => {
  let now = 0
  let orders: TunnelOrder[] = []
  let standings: VpnStanding[] = []
  let watch: VpnWatch
  beforeEach(() => {
    now = 0
    orders = []
    standings = []
    watch = new VpnWatch({
      now: () => now,
      serviceSocket: '/s',
      post: (order) => orders.push(order) > 0,
      changed: (standing) => standings.push(standing)
    })
  })
  const hear = (verdict: TunnelVerdict, order = orders.at(-1)?.order ?? -1): void => {
    watch.heard({ kind: 'tunnel', order, verdict })
  }

  it('keeps the way out closed until the first verdict, and opens it to the tunnel alone', () => {
    expect(wayOutOf(watch.standing)).toBeUndefined()
    watch.expect(vpn, ['a:443'])
    expect(wayOutOf(watch.standing)).toBe('closed')
    hear(pass)
    expect(wayOutOf(watch.standing)).toEqual({ sources: ['10.0.0.1'], apart: ['203.0.113.9'] })
  })

  it.each(['fail', 'unknown', 'error', 'stale'] as const)('closes it on %s', (state) => {
    watch.expect(vpn, [])
    hear(pass)
    hear({ state, cause: 'leak', evidence: '', sources: ['10.0.0.1'] })
    expect(wayOutOf(watch.standing)).toBe('closed')
  })

  it('leaves it open where the policy only reports', () => {
    watch.expect({ ...vpn, response: 'report' }, [])
    hear({ state: 'fail', cause: 'leak', evidence: '', sources: [] })
    expect(wayOutOf(watch.standing)).toBeUndefined()
  })

  it('takes silence of the process that looks for stale, and a verdict about older orders for nothing', () => {
    watch.expect(vpn, [])
    const first = orders.at(-1)?.order
    hear(pass)
    now = 9000
    watch.look()
    expect(watch.standing?.verdict?.state).toBe('pass')
    now = 9001
    watch.look()
    expect(watch.standing?.verdict?.state).toBe('stale')
    watch.expect({ ...vpn, interfaces: ['tun1'] }, [])
    hear(pass, first)
    expect(watch.standing?.verdict).toBeNull()
  })

  it('does not ask for new proof when the same policy comes again', () => {
    watch.expect(vpn, ['b:1', 'a:1'])
    hear(pass)
    watch.expect({ ...vpn }, ['a:1', 'b:1'])
    expect(orders).toHaveLength(1)
    expect(watch.standing?.verdict).toEqual(pass)
    watch.helperStarted()
    expect(orders).toHaveLength(2)
  })
})
