import { describe, expect, it } from 'vitest'
import { authoritiesOf, staysOn } from './addresses'

const records = { id: 'records', title: 'Records', url: 'https://records.example/start' }

describe('C2 an application stays on its own origin', () => {
  it.each([
    'https://records.example/',
    'https://records.example:443/x?y#z',
    'HTTPS://RECORDS.EXAMPLE/x',
    'wss://records.example/socket',
    'blob:https://records.example/1234',
    // A backslash is a slash to every browser: this is a path on the application's own host.
    'https://records.example\\@evil.example/'
  ])('may reach %s', (url) => {
    expect(staysOn(records, url)).toBe(true)
  })

  it.each([
    'http://records.example/',
    'https://records.example:8443/',
    'https://records.example.evil.example/',
    'https://evil.example/records.example',
    'https://records.example@evil.example/',
    'https://user@records.example/',
    'https://records.example%2eevil.example/',
    'https://records.example./',
    'ws://records.example/',
    'ftp://records.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'view-source:https://records.example/',
    'blob:https://evil.example/1',
    'about:blank',
    'app://desk/shell/index.html',
    '//records.example/',
    ''
  ])('may not reach %s', (url) => {
    expect(staysOn(records, url)).toBe(false)
  })

  const listed = { ...records, sites: ['https://*.cdn.example', 'https://login.example:8443/oidc/*'] }
  it.each([
    ['https://a.cdn.example/x.png', true],
    ['wss://a.cdn.example/live', true],
    ['blob:https://a.cdn.example/1', true],
    ['https://login.example:8443/oidc/authorize?client=1', true],
    ['https://records.example/', true],
    ['https://cdn.example/', false],
    ['http://a.cdn.example/', false],
    ['https://user@a.cdn.example/', false],
    ['https://login.example:8443/admin', false],
    ['https://login.example:8443/oidc/..%2fadmin', false],
    ['https://login.example/oidc/x', false],
    ['blob:https://login.example:8443/1', false],
    ['blob:null/1', false]
  ])('with further sites, may reach %s: %s', (url, may) => {
    expect(staysOn(listed, url)).toBe(may)
  })

  it('by a rule that cannot be read reaches nothing', () => {
    const odd = { ...records, sites: ['https://*', '*', 'https://evil.example/?', 'https://evil.example\\'] }
    for (const url of ['https://evil.example/', 'https://a.example/']) expect(staysOn(odd, url)).toBe(false)
    expect(authoritiesOf([odd])).toEqual(['records.example:443'])
  })

  it('names each further site for the proxy, by host and port alone', () => {
    expect(authoritiesOf([listed])).toEqual([
      'records.example:443',
      '*.cdn.example:443',
      'login.example:8443'
    ])
  })

  it('names each authority once, with its port', () => {
    expect(
      authoritiesOf([
        records,
        { ...records, id: 'b' },
        { id: 'c', title: 'C', url: 'http://127.0.0.1:8080/' }
      ])
    ).toEqual(['records.example:443', '127.0.0.1:8080'])
  })
})
