import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VpnPolicy } from '../../src/core/policy/vpn'
import { requires, whyMissing, type Need } from '../requires'
import { DeskProcess } from './desk-process'
import { Rig } from './rig'
import { openvpn, wireguard } from './tunnels'

/** The promise: a tunnel that does not carry everything is noticed within this, milliseconds. */
const PROMISED_MS = 5000
const RECORDS = 'http://198.51.100.10:8080/'
const needs: readonly Need[] = ['linux', 'unprivileged', 'user-namespaces', 'vpn-tools']
const probe = { host: '10.78.0.2', port: 8080 }

for (const kind of ['wireguard', 'openvpn'] as const) {
  describe(`D11 a VPN of ${kind}`, () => {
    let open: Rig | undefined
    const rig = (): Rig => {
      if (open === undefined) throw new Error('there are no namespaces')
      return open
    }
    let desk: DeskProcess
    let farKey = ''
    const name = kind === 'wireguard' ? 'wga0' : 'tun9'
    const far = kind === 'wireguard' ? probe : { ...probe, host: '10.78.0.1' }
    const asked: VpnPolicy = {
      response: 'blank',
      kind,
      interfaces: [name],
      handshakeMaxAgeMs: kind === 'wireguard' ? 180_000 : null,
      peers: [],
      probe: far,
      endpoints: []
    }
    const ip = (...words: readonly string[]): void => void rig().run('a', 'ip', ...words)

    beforeEach((context) => requires(context, ...needs))
    beforeAll(async () => {
      if (needs.some((need) => whyMissing(need) !== null)) return
      open = await Rig.open()
      rig().start('b', process.execPath, 'test/vpn/far-end.mjs')
      if (kind === 'wireguard') farKey = await wireguard(rig())
      else await openvpn(rig())
      desk = new DeskProcess(rig(), asked)
      await desk.hears({ ready: true }, 20_000)
    })
    afterAll(() => open?.close())

    /** Breaks something, sees it noticed, the desk covered and the proxy closed, mends it, and sees all of that undone. */
    async function breaks(cause: string, harm: () => void, mend: () => void): Promise<void> {
      desk.order({ get: `${RECORDS}stream` })
      await desk.hears({ got: `${RECORDS}stream`, status: 200 }, 5000)
      desk.mark()
      harm()
      await desk.hears({ vpn: 'fail', cause }, PROMISED_MS)
      await desk.hears({ screen: 'covered' }, 500)
      await desk.hears({ ended: `${RECORDS}stream` }, 500)
      expect(await desk.get(RECORDS)).toBe(403)
      desk.mark()
      mend()
      await desk.hears({ vpn: 'pass' }, 15_000)
      await desk.hears({ screen: 'shown' }, 5000)
      expect(await desk.get(RECORDS)).toBe(200)
    }

    it('that is up and carries everything passes: the desk is shown and the proxy serves', async () => {
      await desk.hears({ vpn: 'pass' }, 15_000)
      await desk.hears({ screen: 'shown' }, 5000)
      expect(await desk.get(RECORDS)).toBe(200)
    })

    it('that is up without a route to a host fails', async () => {
      await breaks(
        'no-route',
        () => ip('route', 'del', 'default', 'dev', name),
        () => ip('route', 'add', 'default', 'dev', name)
      )
    })

    it('beside which the default route leads elsewhere fails', async () => {
      await breaks(
        'leak',
        () => ip('route', 'replace', 'default', 'via', '10.77.0.2', 'dev', 'va'),
        () => ip('route', 'replace', 'default', 'dev', name)
      )
    })

    it('round which a more specific route leads fails', async () => {
      await breaks(
        'leak',
        () => ip('route', 'add', '198.51.100.10/32', 'via', '10.77.0.2', 'dev', 'va'),
        () => ip('route', 'del', '198.51.100.10/32', 'via', '10.77.0.2', 'dev', 'va')
      )
    })

    it('round which a route of the hub alone leads fails', async () => {
      await breaks(
        'leak',
        () => ip('route', 'add', '198.51.100.20/32', 'via', '10.77.0.2', 'dev', 'va'),
        () => ip('route', 'del', '198.51.100.20/32', 'via', '10.77.0.2', 'dev', 'va')
      )
    })

    it('round which a route of IPv6 leads fails', async () => {
      await breaks(
        'leak',
        () => ip('-6', 'route', 'add', '2001:db8::10/128', 'via', 'fd77::2', 'dev', 'va'),
        () => ip('-6', 'route', 'del', '2001:db8::10/128', 'via', 'fd77::2', 'dev', 'va')
      )
    })

    it('beside which there is a second default route fails', async () => {
      await breaks(
        'second-route',
        () => ip('route', 'add', 'default', 'via', '10.77.0.2', 'dev', 'va', 'metric', '500'),
        () => ip('route', 'del', 'default', 'via', '10.77.0.2', 'dev', 'va', 'metric', '500')
      )
    })

    it('round which a rule of the port leads fails', async () => {
      ip('route', 'add', 'default', 'via', '10.77.0.2', 'dev', 'va', 'table', '99')
      await breaks(
        'leak',
        () => ip('rule', 'add', 'ipproto', 'tcp', 'dport', '8080', 'lookup', '99'),
        () => ip('rule', 'del', 'ipproto', 'tcp', 'dport', '8080', 'lookup', '99')
      )
    })

    it('whose interface goes down fails', async () => {
      await breaks(
        'interface-down',
        () => ip('link', 'set', name, 'down'),
        () => {
          ip('link', 'set', name, 'up')
          ip('route', 'replace', 'default', 'dev', name)
          ip('-6', 'route', 'replace', 'default', 'dev', name)
        }
      )
    })

    // Only WireGuard tells who the far end is, and when it was heard.
    if (kind === 'wireguard') {
      it('whose far end is not of the policy’s keys fails', async () => {
        const peers = [`${'A'.repeat(43)}=`]
        desk.mark()
        desk.order({ vpn: { ...asked, peers } })
        await desk.hears({ vpn: 'fail', cause: 'no-handshake' }, PROMISED_MS)
        expect(await desk.get(RECORDS)).toBe(403)
        desk.order({ vpn: { ...asked, peers: [...peers, farKey] } })
        await desk.hears({ screen: 'shown' }, PROMISED_MS)
      })

      it('whose handshakes nobody can tell is unknown, which is no pass', async () => {
        desk.mark()
        desk.order({ service: 'stop' })
        await desk.hears({ vpn: 'unknown', cause: 'handshake-unknown' }, PROMISED_MS)
        await desk.hears({ screen: 'covered' }, 500)
        expect(await desk.get(RECORDS)).toBe(403)
        desk.order({ vpn: { ...asked, handshakeMaxAgeMs: null } })
        await desk.hears({ screen: 'shown' }, PROMISED_MS)
      })
    }

    it('whose far end is killed mid-shift fails, although interface and routes stay', async () => {
      desk.mark()
      rig().kill(kind === 'wireguard' ? 'wireguard-go -f wgb0' : 'openvpn --dev tun8')
      await desk.hears({ vpn: 'fail', cause: 'no-traffic' }, PROMISED_MS)
      await desk.hears({ screen: 'covered' }, 500)
      expect(await desk.get(RECORDS)).toBe(403)
    })

    it('whose own program is killed fails, and nothing leaves by the other way', async () => {
      ip('route', 'add', 'default', 'via', '10.77.0.2', 'dev', 'va', 'metric', '900')
      desk.mark()
      rig().kill(kind === 'wireguard' ? 'wireguard-go -f wga0' : 'openvpn --dev tun9')
      await desk.hears({ vpn: 'fail', cause: 'no-interface' }, PROMISED_MS)
      expect(await desk.get(RECORDS)).toBe(403)
    })
  })
}
