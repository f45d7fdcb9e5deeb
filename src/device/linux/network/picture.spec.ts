import { describe, expect, it } from 'vitest'
import { readPicture } from './picture'

// Captured from iproute2 6.1 in a network namespace: an empty tunnel, a cable, two default routes, one route over both.
const links = [
  {
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    link_type: 'loopback',
    addr_info: [{ local: '127.0.0.1' }]
  },
  {
    ifname: 'va',
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    link_type: 'ether',
    linkinfo: { info_kind: 'veth' },
    addr_info: [{ family: 'inet', local: '10.77.0.1', prefixlen: 24 }]
  },
  {
    ifname: 'tw0',
    flags: ['NO-CARRIER', 'POINTOPOINT', 'NOARP', 'UP'],
    link_type: 'none',
    linkinfo: { info_kind: 'tun' },
    addr_info: [{ local: '10.78.0.1' }, { local: 'fd00:78::1' }]
  }
]
const routes = [
  { dst: 'default', dev: 'tw0', table: '77', scope: 'link', flags: [] },
  { dst: 'default', dev: 'tw0', scope: 'link', flags: [] },
  { dst: 'default', gateway: '10.77.0.2', dev: 'va', metric: 100, flags: [] },
  { dst: 'default', dev: 'va', metric: 1024, flags: [], pref: 'medium' },
  { type: 'local', dst: '10.77.0.1', dev: 'va', table: 'local' }
]
const both = { dst: '10.99.0.0/16', nexthops: [{ gateway: '10.77.0.2', dev: 'va' }, { dev: 'tw0' }] }
const said = (stderr: string, ...gets: readonly unknown[]): Parameters<typeof readPicture>[0] => ({
  stdout: [links, routes, ...gets].map((part) => JSON.stringify(part)).join('\n'),
  stderr
})
const to = (...addresses: readonly string[]): Parameters<typeof readPicture>[1] =>
  addresses.map((address) => ({ address, port: 443 }))

describe('what iproute2 says', () => {
  it('is read: links, the ways to each address, and equal ways beside them', () => {
    const gets = [
      [{ dst: 'default', dev: 'tw0', scope: 'link', flags: [] }],
      [{ dst: 'default', dev: 'tw0', table: '77', flags: [] }],
      [both],
      [{ type: 'local', dst: '10.77.0.1', dev: 'va', table: 'local' }],
      [{ type: 'unreachable', dst: '10.5.0.0/16' }]
    ]
    const picture = readPicture(
      said('', ...gets),
      to('8.8.8.8', '8.8.4.4', '10.99.1.1', '10.77.0.1', '10.5.0.1')
    )
    expect(picture.links[2]).toEqual({
      name: 'tw0',
      up: false,
      kind: 'tun',
      addresses: ['10.78.0.1', 'fd00:78::1']
    })
    expect(picture.paths).toEqual([
      // The default of IPv6 is another route than the one of IPv4.
      { address: '8.8.8.8', by: ['tw0'], own: false, rivals: ['tw0', 'va'] },
      { address: '8.8.4.4', by: ['tw0'], own: false, rivals: ['tw0'] },
      { address: '10.99.1.1', by: ['va', 'tw0'], own: false, rivals: [] },
      { address: '10.77.0.1', by: ['va'], own: true, rivals: [] },
      { address: '10.5.0.1', by: [], own: false, rivals: [] }
    ])
  })

  it('has no line for an address without a way, and the lines of the others stay theirs', () => {
    const stderr = 'RTNETLINK answers: Network is unreachable\nCommand failed -:3\n'
    const { paths } = readPicture(
      said(stderr, [{ dst: '10.0.0.0/8', dev: 'tw0' }]),
      to('2001:db8::1', '10.1.1.1')
    )
    expect(paths.map(({ by }) => by)).toEqual([[], ['tw0']])
  })

  it.each([
    ['nothing', { stdout: '', stderr: '' }],
    ['garbage', { stdout: 'ip: command not found\n', stderr: '' }],
    ['half a document', { stdout: said('').stdout.slice(0, 300), stderr: '' }],
    ['another answer too few', said('')],
    ['one answer too many', said('', [routes[1]], [routes[1]])],
    ['a failed list', said('Command failed -:2\n', [routes[1]])],
    ['an empty answer', said('', [])],
    ['bytes that are no text', { stdout: '\ufffd\u0000\u0001\n\n', stderr: '' }]
  ])('is not used when it is %s', (_name, output) => {
    expect(() => readPicture(output, to('8.8.8.8'))).toThrow()
  })
})
