import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from './redact'

const home = '/home/somebody'
const text = (value: unknown): string => JSON.stringify(redact(value, home))

describe('redact', () => {
  it('removes what is named on the never-log list, at every depth', () => {
    const line = text({
      password: 'p',
      nested: { token: 't', list: [{ person: { id: '1', name: 'Demo Advocate 1' } }] },
      key: 'k',
      rule: 'phone'
    })
    expect(line).not.toMatch(/"p"|"t"|Demo Advocate|"k"/)
    expect(line).toContain('phone')
  })

  it('cuts addresses to their host, mail addresses, the home folder, and long base64', () => {
    const line = text({
      problem: `GET https://records.example/members/0042?name=x failed in ${home}/data for a1@demo.example`,
      other: 'A'.repeat(400)
    })
    expect(line).toContain('https://records.example/…')
    expect(line).not.toMatch(/0042|somebody|a1@demo|A{80}/)
  })

  it('writes no bytes', () => {
    expect(text({ frame: new Uint8Array(10), bytes: new Uint8Array([1, 2, 3]) })).not.toMatch(/\[?1,2,3/)
  })

  it('is total, small and serialisable, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
        (value) => {
          expect(() => JSON.stringify(redact(value, home))).not.toThrow()
        }
      ),
      { numRuns: 1000 }
    )
    expect(text('x y '.repeat(100_000)).length).toBeLessThan(600)
  })

  it('ends in circles', () => {
    const circle: Record<string, unknown> = {}
    circle['inner'] = circle
    expect(text(circle)).toContain('[deep]')
  })
})
