import { describe, expect, it } from 'vitest'
import { leastGapMs, restAfter } from './pace'

describe('restAfter', () => {
  it('reads ten frames a second on a quick machine and leaves a slow one some air', () => {
    expect(60 + restAfter(60, false)).toBe(leastGapMs)
    expect(restAfter(200, false)).toBe(30)
    expect(restAfter(0, false)).toBe(leastGapMs)
  })

  it('lets the next frame come at once while something is unsettled, and still leaves some air', () => {
    expect(restAfter(60, true)).toBeLessThan(10)
    expect(restAfter(60, true)).toBeGreaterThan(0)
    expect(restAfter(2, true)).toBe(38)
  })
})
