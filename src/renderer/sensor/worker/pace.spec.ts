import { describe, expect, it } from 'vitest'
import { leastGapMs, restAfter } from './pace'

describe('restAfter', () => {
  it('starts ten looks a second on a quick machine and leaves a slow one some air', () => {
    expect(60 + restAfter(60)).toBe(leastGapMs)
    expect(restAfter(200)).toBe(30)
    expect(restAfter(0)).toBe(leastGapMs)
  })
})
