import { describe, expect, it } from 'vitest'
import type { SiteDenial } from '../../contract/ipc/schema'
import { Denials, hostOf } from './denials'
import { whyNotOpened } from './site-failure'

const setUp = () => {
  let shown: readonly SiteDenial[] = []
  const waiting = new Set<() => void>()
  const denials = new Denials({
    changed: (now) => (shown = now),
    later: (act) => {
      waiting.add(act)
      return () => waiting.delete(act)
    }
  })
  const timePasses = (): void => {
    for (const act of [...waiting]) {
      waiting.delete(act)
      act()
    }
  }
  return { denials, shown: () => shown, waiting, timePasses }
}

describe('C1 denials are told to the person', () => {
  it('counts each reason in one line, with the host of the last', () => {
    const { denials, shown, waiting } = setUp()
    denials.add('part', 'ads.example')
    denials.add('part', 'more.example')
    denials.add('window', 'other.example')
    expect(shown()).toEqual([
      { why: 'part', host: 'more.example', count: 2 },
      { why: 'window', host: 'other.example', count: 1 }
    ])
    expect(waiting.size).toBe(2)
  })

  it('lets each go by itself, and all with the session', () => {
    const { denials, shown, timePasses } = setUp()
    denials.add('download', 'a.example')
    timePasses()
    expect(shown()).toEqual([])
    denials.add('download', 'a.example')
    expect(shown()[0]?.count).toBe(1)
    denials.clear()
    expect(shown()).toEqual([])
  })

  it('names a host and nothing more', () => {
    expect(hostOf('https://u:p@site.example:8443/member/0042?ssn=1#x')).toBe('site.example:8443')
    expect(hostOf('not a url')).toBe('')
  })
})

describe('C4 what did not open has a reason', () => {
  it.each([
    ['net::ERR_CERT_DATE_INVALID', 'certificate-date'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'certificate-name'],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate-issuer'],
    ['ERR_CERT_REVOKED', 'certificate-revoked'],
    ['ERR_CERT_OF_NEXT_YEAR', 'certificate'],
    ['ERR_SSL_PROTOCOL_ERROR', 'certificate'],
    ['ERR_BLOCKED_BY_CLIENT', 'not-on-the-list'],
    ['ERR_CONNECTION_REFUSED', 'unreachable'],
    ['', 'unreachable'],
    ['ERR_ABORTED', null]
  ])('%s is %s', (error, why) => {
    expect(whyNotOpened(error)).toBe(why)
  })
})
