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
