import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorityOfRule, isWithin, readSiteRule, siteRuleSchema, type SiteRule } from './site-rule'

const rule = (text: string): SiteRule => {
  const read = readSiteRule(text)
  if (typeof read === 'string') throw new Error(read)
  return read
}
const within = (text: string, url: string): boolean => isWithin(rule(text), new URL(url))

describe('C2 a site rule', () => {
  it.each([
    ['https://a.example', 'https://a.example/x?y#z', true],
    ['https://a.example', 'https://A.EXAMPLE:443/', true],
    ['https://a.example', 'https://a.example:8443/', false],
    ['https://a.example', 'http://a.example/', false],
    ['https://a.example', 'https://b.a.example/', false],
    ['https://a.example', 'https://a.example./', false],
    ['https://a.example:8443', 'https://a.example:8443/', true],
    ['https://a.example:8443', 'https://a.example/', false],
    ['http://127.0.0.1:8080', 'http://2130706433:8080/', true],
    ['https://*.a.example', 'https://b.a.example/', true],
    ['https://*.a.example', 'https://c.b.a.example/', true],
    ['https://*.a.example', 'https://a.example/', false],
    ['https://*.a.example', 'https://ba.example/', false],
    ['https://*.a.example', 'https://b.a.example.evil.example/', false],
    ['https://*.a.example', 'https://evil.example/.a.example', false],
    ['https://*.a.example', 'https://b.a.example./', false],
    ['https://a.example/p/*', 'https://a.example/p/q', true],
    ['https://a.example/p/*', 'https://a.example/p/', true],
    ['https://a.example/p/*', 'https://a.example/p', false],
    ['https://a.example/p/*', 'https://a.example/pq', false],
    ['https://a.example/p/*', 'https://a.example/p/../q', false],
    ['https://a.example/p/*', 'https://a.example/p/%2e%2E/q', false],
    ['https://a.example/p/*', 'https://a.example/p\\..\\q', false],
    ['https://a.example/p/*', 'https://a.example/p/..%2fq', false],
    ['https://a.example/p/*', 'https://a.example/p/..%5Cq', false],
    ['https://a.example/p/*', 'https://a.example/p/x%00', false],
    ['https://a.example/p/*', 'https://a.example/p/..;/q', false],
    ['https://a.example/p/*', 'https://a.example/p/.;x=y/q', false],
    ['https://a.example/p/*', 'https://a.example/p/..;', false],
    ['https://a.example/p/*', 'https://a.example/p/%2e%2E;/q', false],
    ['https://a.example/p/*', 'https://a.example/p/..%3b/q', false],
    ['https://a.example/p/*', 'https://a.example/p/..%3B/q', false],
    ['https://a.example/p/*', 'https://a.example/p/%252e%252e/q', false],
    ['https://a.example/p/*', 'https://a.example/p/..%252fq', false],
    ['https://a.example/p/*', 'https://a.example/p/q;v=1', true],
    ['https://a.example/p/*', 'https://a.example/p/a..;/q', true],
    ['https://a.example/p', 'https://a.example/p?%25', true],
    ['https://a.example/p', 'https://a.example/p?q', true],
    ['https://a.example/p', 'https://a.example/p/', false],
    ['https://a.example/', 'https://a.example/p', false]
  ])('%s holds for %s: %s', (text, url, holds) => {
    expect(within(text, url)).toBe(holds)
  })

  it.each([
    '',
    '*',
    'https://*',
    'https://*.example',
    'https://*.0.0.1',
    'https://*.127.0.0.1',
    'https://*.[::1]',
    'https://a.*.example',
    'https://*a.example',
    'https://a.example:*',
    'https://a.example:0',
    'https://a.example:65536',
    'https://A.example',
    'https://a.example.',
    'https://bücher.example',
    'https://user@a.example',
    'https://a.example/?q',
    'https://a.example/#f',
    'https://a.example/*/b',
    'https://a.example/../b',
    'https://a.example/%2e%2e/b',
    'https://a.example/a%2fb',
    'https://a.example/a%25b',
    'https://a.example/a%3Bb/*',
    'https://a.example/a/..;/b',
    'https://a.example\\b',
    'https://127.1',
    'https://0x7f.0.0.1',
    'wss://a.example',
    'ftp://a.example',
    'a.example',
    '//a.example',
    ' https://a.example',
    'javascript:alert(1)'
  ])('is refused when it is %j', (text) => {
    expect(typeof readSiteRule(text)).toBe('string')
    expect(siteRuleSchema.safeParse(text).success).toBe(false)
  })

  it('never holds for another port, scheme or host than the URL parser sees', () => {
    const rules = ['https://*.a.example/p/*', 'https://a.example', 'http://a.example:8080/p'].map(rule)
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      'example',
      ':',
      '@',
      '/',
      '\\',
      '%2e',
      '8080',
      '443',
      'p',
      '..',
      '?',
      '#'
    )
    fc.assert(
      fc.property(
        fc.constantFrom('https://', 'http://'),
        fc.array(part, { maxLength: 12 }),
        (scheme, parts) => {
          const text = `${scheme}${parts.join('')}`
          if (!URL.canParse(text)) return true
          const url = new URL(text)
          return rules.every((one) => {
            if (!isWithin(one, url)) return true
            const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
            const wanted = authorityOfRule(one)
            return wanted.startsWith('*.')
              ? `${url.hostname}:${port}`.endsWith(wanted.slice(1))
              : `${url.hostname}:${port}` === wanted
          })
        }
      ),
      { numRuns: 5000 }
    )
  })
})
