import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certificationStanding, certificationState, lacking } from './certification'

const now = Date.parse('2026-11-27T12:00:00Z')
const held = (expiresOn: string, state: string | null = 'TX') => ({ name: 'health-agent', state, expiresOn })

describe('licences and certifications', () => {
  test('one is good through its last day anywhere on earth, and due a month before', () => {
    expect(certificationState(held('2026-11-26'), Date.parse('2026-11-27T11:59:59Z'))).toBe('due')
    expect(certificationState(held('2026-11-26'), now)).toBe('expired')
    expect(certificationState(held('2027-06-01'), now)).toBe('good')
  })

  test('what nobody told of is missing where it is required, and nothing where it is not', () => {
    expect(lacking([{ name: 'health-agent', state: 'TX' }], [], now)).toMatchObject([{ why: 'missing' }])
    expect(certificationStanding([], [], now)).toBeNull()
  })

  test('one for another state does not do, one that is good suffices beside one that is over', () => {
    const texas = { name: 'health-agent', state: 'TX' }
    expect(lacking([texas], [held('2027-01-01', 'FL')], now)).toMatchObject([{ why: 'missing' }])
    expect(lacking([texas], [held('2026-01-01'), held('2027-01-01')], now)).toEqual([])
    expect(lacking([{ name: 'health-agent' }], [held('2027-01-01', 'FL')], now)).toEqual([])
  })

  test('nothing required is ever lacking; time never mends what is lacking', () => {
    const some = fc.array(
      fc.record({
        name: fc.constantFrom('health-agent', 'hipaa'),
        state: fc.constantFrom('TX', 'FL', null),
        expiresOn: fc.constantFrom('2026-01-01', '2026-12-01', '2027-01-01')
      })
    )
    const required = fc.array(
      fc.record({ name: fc.constantFrom('health-agent', 'hipaa'), state: fc.constantFrom('TX', 'FL') })
    )
    fc.assert(
      fc.property(some, required, fc.nat(1000), (mine, asked, days) => {
        expect(lacking([], mine, now)).toEqual([])
        const before = lacking(asked, mine, now).length
        expect(lacking(asked, mine, now + days * 86_400_000).length).toBeGreaterThanOrEqual(before)
      })
    )
  })
})
