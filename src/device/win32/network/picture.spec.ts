import { describe, expect, it } from 'vitest'
import { readPicture } from './picture'

// Written after Microsoft's reference; not captured from Windows.
const printed = {
  links: [
    { Name: 'Ethernet', Status: 'Up', InterfaceDescription: 'Intel(R) Ethernet Connection I219-LM' },
    { Name: 'Work', Status: 'Up', InterfaceDescription: 'WireGuard Tunnel' },
    { Name: 'OpenVPN', Status: 'Disconnected', InterfaceDescription: 'TAP-Windows Adapter V9' }
  ],
  addresses: [
    { InterfaceAlias: 'Ethernet', IPAddress: '192.168.1.5' },
    { InterfaceAlias: 'Work', IPAddress: '10.78.0.1' },
    { InterfaceAlias: 'Work', IPAddress: 'fe80::1%12' }
  ],
  routes: [
    { DestinationPrefix: '0.0.0.0/0', InterfaceAlias: 'Work' },
    { DestinationPrefix: '0.0.0.0/0', InterfaceAlias: 'Ethernet' }
  ],
  paths: [
    { address: '203.0.113.5', routes: [{ DestinationPrefix: '0.0.0.0/0', InterfaceAlias: 'Work' }] },
    { address: '2001:db8::5', routes: [] },
    {
      address: '127.0.0.1',
      routes: [{ DestinationPrefix: '127.0.0.0/8', InterfaceAlias: 'Loopback Pseudo-Interface 1' }]
    }
  ]
}
const wanted = ['203.0.113.5', '2001:db8::5', '127.0.0.1'].map((address) => ({ address, port: 443 }))

describe('what Windows says', () => {
  it('is read: links by the descriptions of their drivers, ways and equal ways', () => {
    const { links, paths } = readPicture(JSON.stringify(printed), wanted)
    expect(links).toMatchObject([
      { name: 'Ethernet', up: true, kind: 'ether' },
      { name: 'Work', up: true, kind: 'wireguard', addresses: ['10.78.0.1', 'fe80::1'] },
      { name: 'OpenVPN', up: false, kind: 'tap' }
    ])
    expect(paths).toEqual([
      { address: '203.0.113.5', by: ['Work'], own: false, rivals: ['Work', 'Ethernet'] },
      { address: '2001:db8::5', by: [], own: false, rivals: [] },
      { address: '127.0.0.1', by: ['Loopback Pseudo-Interface 1'], own: true, rivals: [] }
    ])
  })

  it.each(['', 'Find-NetRoute : Access denied', '{}', JSON.stringify({ ...printed, paths: [] })])(
    'is not used when it is %j',
    (text) => {
      expect(() => readPicture(text, wanted)).toThrow()
    }
  )
})
