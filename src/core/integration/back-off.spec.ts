import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAfterMs, waitAfter } from './back-off'

test('waits grow, chance only adds to them, and they end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: retryAfterMs.length - 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, c) => {
        expect(waitAfter(n, c)).toBeGreaterThanOrEqual(retryAfterMs[n - 1]!)
        expect(waitAfter(n, c)!).toBeLessThan(waitAfter(n + 1, 0)!)
      }
    )
  )
  expect(waitAfter(retryAfterMs.length + 1, 0.5)).toBeNull()
})
