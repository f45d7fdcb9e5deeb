import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLight } from './weigh'

describe('isLight', () => {
  it('is total and ends, whatever the message', () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withMap: true }), (message) => {
        expect(typeof isLight(message)).toBe('boolean')
      }),
      { numRuns: 2000 }
    )
  })

  it('lets the calls of the product through', () => {
    expect(isLight({ email: 'x'.repeat(200), password: 'y'.repeat(200) })).toBe(true)
    expect(isLight(undefined)).toBe(true)
  })

  it('stops at circles and depth', () => {
    const circle: Record<string, unknown> = {}
    circle['a'] = circle
    expect(isLight(circle)).toBe(false)
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i += 1) deep = [deep]
    expect(isLight(deep)).toBe(false)
  })
})
