import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { application, trickyUrls } from '../../../test/urls/tricky'
import { parseAuthority } from '../proxy/authority'
import { AllowList } from '../proxy/allow-list'
import { authoritiesOf, staysOn } from './addresses'

/** What the standard says of a URL, worked out here without our own code: its origin is the application's. */
function standardSays(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, origin, hostname, port, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  // The origin of a socket is that of the scheme it stands for (url.spec.whatwg.org, "origin"; RFC 6455, 3).
  if (protocol === 'wss:') return hostname === 'records.example' && port === '8443'
  return (protocol === 'https:' || protocol === 'blob:') && origin === 'https://records.example:8443'
}

describe('C2 the parser cannot be fooled', () => {
  it('the corpus is large and has both kinds', () => {
    expect(trickyUrls.length).toBeGreaterThanOrEqual(300)
    const own = trickyUrls.filter(standardSays)
    expect(own.length).toBeGreaterThan(60)
    expect(trickyUrls.length - own.length).toBeGreaterThan(150)
  })

  it('decides every URL of the corpus as the WHATWG parser reads it', () => {
    const wrong = trickyUrls.filter((url) => staysOn(application, url) !== standardSays(url))
    expect(wrong).toEqual([])
  })

  it('never lets a URL through whose host and port the proxy would not take', () => {
    const list = new AllowList()
    list.replace({ authorities: authoritiesOf([application]) })
    for (const url of trickyUrls) {
      if (!staysOn(application, url)) continue
      const { hostname, port } = new URL(url.startsWith('blob:') ? url.slice('blob:'.length) : url)
      const target = parseAuthority(`${hostname}:${port}`)
      expect(target !== null && list.allows(target), url).toBe(true)
    }
  })

  it('nor any other that is glued from their parts', () => {
    const part = fc.oneof(
      fc.constantFrom(...trickyUrls.filter((url) => url.length < 100)),
      fc.constantFrom(
        '@',
        '\\',
        '/',
        '#',
        '?',
        ':',
        '.',
        '%2e',
        '\t',
        '\n',
        '[',
        ']',
        'evil.example',
        'records.example',
        ':8443',
        'https://'
      ),
      fc.string({ maxLength: 5 })
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const url = parts.join('')
        expect(staysOn(application, url)).toBe(standardSays(url))
      }),
      { numRuns: 1000 }
    )
  })
})
