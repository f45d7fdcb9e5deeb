import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AllowList } from './allow-list'
import { parseAbsolute, parseAuthority } from './authority'

const listed = ['records.example:443', '127.0.0.1:8080', '[2001:db8::1]:443', 'xn--bcher-kva.example:443']

const allows = (list: AllowList, text: string): boolean => {
  const target = parseAuthority(text)
  return target !== null && list.allows(target)
}
const allowsUrl = (list: AllowList, text: string): boolean => {
  const asked = parseAbsolute(text)
  return asked !== null && list.allows(asked.target)
}

describe('the list of what may be reached', () => {
  const list = new AllowList()
  list.replace({ authorities: listed })

  it('refuses everything before the first list', () => {
    const empty = new AllowList()
    for (const authority of listed) expect(allows(empty, authority)).toBe(false)
  })

  it.each(listed)('takes %s as it is listed', (authority) => {
    expect(allows(list, authority)).toBe(true)
  })

  it.each([
    'RECORDS.example:443',
    'Records.Example:0443',
    '[2001:DB8:0:0::1]:443',
    '127.1:8080',
    '0x7f.0.0.1:8080'
  ])('takes %s, which the URL parser spells like a listed one', (authority) => {
    expect(allows(list, authority)).toBe(true)
  })

  it.each([
    'records.example:80',
    'records.example',
    'records.example:',
    'records.example:443:443',
    'records.example.:443',
    '.records.example:443',
    'records.example..:443',
    'records.example:443/',
    'records.example:443?x',
    'records.example:443#x',
    'user@records.example:443',
    'records.example:443@evil.example:443',
    'evil.example:443@records.example:443',
    'user:pw@records.example:443',
    'records.example\\@evil.example:443',
    'evil.example\\records.example:443',
    'records.example%2eevil.example:443',
    'records%2eexample:443',
    'records.example%00.evil.example:443',
    'records.example\u0000:443',
    'records.example\t:443',
    ' records.example:443',
    'records.example:443 ',
    'records.example :443',
    'records.example:+443',
    'records.example:-443',
    'records.example:4 43',
    'records.example:65536',
    'records.example:66979',
    'records.example:0',
    'sub.records.example:443',
    'records.example.evil.example:443',
    'recordsxexample:443',
    'evil.example:443',
    '127.0.0.1:8081',
    '127.0.0.2:8080',
    '[::1]:8080',
    '[::ffff:127.0.0.1]:8080',
    'localhost:8080',
    '[2001:db8::1%25eth0]:443',
    '2001:db8::1:443',
    'bücher.example:443',
    'ｒecords.example:443',
    'records。example:443',
    'http://records.example:443',
    '//records.example:443',
    '',
    ':443',
    '*:443',
    '*',
    'x'.repeat(300) + ':443'
  ])('refuses CONNECT to %j', (authority) => {
    expect(allows(list, authority)).toBe(false)
  })

  it.each([
    'http://records.example/',
    'https://records.example:443/',
    'http://user@127.0.0.1:8080/',
    'http://user:pw@127.0.0.1:8080/',
    'http://127.0.0.1:8080@evil.example/',
    'http://evil.example#@127.0.0.1:8080/',
    'http://evil.example?@127.0.0.1:8080/',
    'http://evil.example\\@127.0.0.1:8080/',
    'http:\\\\127.0.0.1:8080/',
    'http:/127.0.0.1:8080/',
    'http:127.0.0.1:8080/',
    'http:///127.0.0.1:8080/',
    '//127.0.0.1:8080/',
    '/path',
    '*',
    'ftp://127.0.0.1:8080/',
    'ws://127.0.0.1:8080/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'blob:http://127.0.0.1:8080/x',
    'javascript:alert(1)',
    'view-source:http://127.0.0.1:8080/',
    ' http://127.0.0.1:8080/',
    'http://127.0.0.1\t:8080/',
    'http://127.0.0.1:8080:8080/',
    'http://127.0.0.1%3a8080/',
    'http://[127.0.0.1]:8080/'
  ])('refuses a request for %j', (url) => {
    expect(allowsUrl(list, url)).toBe(false)
  })

  it.each([
    ['http://127.0.0.1:8080/a/../b?q=1#f', '/b?q=1'],
    ['HTTP://127.0.0.1:8080', '/'],
    ['http://127.0.0.1:8080?q', '/?q']
  ])('asks a listed host for what %s means', (url, path) => {
    expect(allowsUrl(list, url)).toBe(true)
    expect(parseAbsolute(url)?.path).toBe(path)
  })

  it('ignores entries that are no authority, and allows nothing by them', () => {
    const odd = new AllowList()
    odd.replace({ authorities: ['*', '*:443', 'http://a.example', 'a.example', 'user@a.example:443', ''] })
    for (const text of ['a.example:443', '*:443', 'x:443', 'a.example:80'])
      expect(allows(odd, text)).toBe(false)
  })

  it.each([
    ['b.cdn.example:443', true],
    ['c.b.cdn.example:443', true],
    ['B.CDN.example:443', true],
    ['cdn.example:443', false],
    ['b.cdn.example:80', false],
    ['bcdn.example:443', false],
    ['b.cdn.example.evil.example:443', false],
    ['b.cdn.example.:443', false],
    ['*.cdn.example:443', false],
    ['1.127.0.0.1:443', false]
  ])('C2 a wildcard takes %s: %s', (authority, taken) => {
    const wild = new AllowList()
    wild.replace({ authorities: ['*.cdn.example:443', '*.127.0.0.1:443', '*.*.example:443', '*.:443'] })
    expect(allows(wild, authority)).toBe(taken)
  })

  it('decides by the exact authority of the URL parser and by nothing else', () => {
    const part = fc.constantFrom(
      'records',
      'example',
      '.',
      '@',
      ':',
      '443',
      '8080',
      '127.0.0.1',
      '/',
      '\\',
      '%2e',
      '[',
      ']',
      'x'
    )
    const odd = fc.oneof(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.webAuthority({ withUserInfo: true, withPort: true, withIPv4: true, withIPv6: true }),
      fc.tuple(fc.domain(), fc.nat(70_000)).map(([host, port]) => `${host}:${port}`),
      fc.string({ maxLength: 40 })
    )
    const exact = new Set(listed)
    fc.assert(
      fc.property(odd, fc.boolean(), (text, asUrl) => {
        const decision = asUrl ? allowsUrl(list, `http://${text}/`) : allows(list, text)
        if (!decision) return true
        const url = new URL(`http://${text}/`)
        return url.username === '' && url.password === '' && exact.has(`${url.hostname}:${url.port || '80'}`)
      }),
      { numRuns: 5000 }
    )
  })

  it('lets every listed authority through, however the list grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.domain(), fc.integer({ min: 1, max: 65_535 })), { maxLength: 20 }),
        (pairs) => {
          const authorities = pairs.map(([host, port]) => `${host}:${port}`)
          const grown = new AllowList()
          grown.replace({ authorities: authorities })
          return authorities.every(
            (authority) => allows(grown, authority) || parseAuthority(authority) === null
          )
        }
      )
    )
  })
})
