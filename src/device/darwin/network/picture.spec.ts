import { describe, expect, it } from 'vitest'
import { linksOf, pathOf, routesOf } from './picture'

// Written after the manual pages of macOS; not captured from a Mac.
const ifconfig = `lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
\tinet 127.0.0.1 netmask 0xff000000
\tinet6 ::1 prefixlen 128
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tinet6 fe80::1c2a:8d%en0 prefixlen 64 secured scopeid 0xf
\tinet 192.168.1.5 netmask 0xffffff00 broadcast 192.168.1.255
utun4: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1420
\tinet 10.78.0.1 --> 10.78.0.1 netmask 0xffffff00
utun5: flags=8010<POINTOPOINT,MULTICAST> mtu 1380
`
const netstat = `Routing tables

Internet:
Destination        Gateway            Flags    Refs      Use    Mtu          Netif Expire
default            link#22            UCSg        8        0   1420          utun4
default            192.168.1.1        UGScIg      3        0   1500            en0
default            192.168.9.1        UGSc        0        0   1500            en7
10.78/24           utun4              USc         1        0   1420          utun4

Internet6:
Destination                             Gateway                 Flags    Refs      Use    Mtu  Netif Expire
default                                 fe80::%utun0            UGcg        2        0   1380  utun0
`
const routeGet = `   route to: 203.0.113.5
destination: default
       mask: default
  interface: utun4
      flags: <UP,DONE,CLONING,STATIC,GLOBAL>
`

describe('what macOS says', () => {
  it('is read: links by the names of their drivers', () => {
    expect(linksOf(ifconfig)).toMatchObject([
      { name: 'lo0', up: true, kind: 'ether' },
      { name: 'en0', up: true, kind: 'ether', addresses: ['fe80::1c2a:8d', '192.168.1.5'] },
      { name: 'utun4', up: true, kind: 'tun', addresses: ['10.78.0.1'] },
      { name: 'utun5', up: false, kind: 'tun', addresses: [] }
    ])
  })

  it('is read: the way to an address, and equal ways that are open to everybody', () => {
    expect(pathOf('203.0.113.5', routeGet, routesOf(netstat))).toEqual({
      address: '203.0.113.5',
      by: ['utun4'],
      own: false,
      rivals: ['utun4', 'en7']
    })
  })

  it('is not used when it is something else', () => {
    expect(() => linksOf('zsh: command not found: ifconfig\n')).toThrow()
    expect(() => pathOf('203.0.113.5', 'route: writing to routing socket: bad\n', [])).toThrow()
    expect(pathOf('203.0.113.5', 'route: writing to routing socket: not in table\n', []).by).toEqual([])
  })
})
