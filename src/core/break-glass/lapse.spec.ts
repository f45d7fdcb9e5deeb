import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginStretch, leftOf, lookAtStretch } from './lapse'

const HOUR = 3_600_000

test('G5 no way of setting the wall clock lengthens what was granted', () => {
  const step = fc.record({
    passed: fc.integer({ min: 0, max: 600_000 }),
    set: fc.integer({ min: -1e12, max: 1e12 })
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let stretch = beginStretch(HOUR, 1.8e12, 500)
      let monotonic = 500
      for (const { passed, set } of steps) {
        monotonic += passed
        stretch = lookAtStretch(stretch, 1.8e12 + monotonic + set, monotonic)
        expect(leftOf(stretch)).toBeLessThanOrEqual(Math.max(0, HOUR - (monotonic - 500)))
      }
    })
  )
})

test('G5 what was slept through is over', () => {
  const stretch = lookAtStretch(beginStretch(HOUR, 1.8e12, 0), 1.8e12 + HOUR, 1000)
  expect(leftOf(stretch)).toBe(0)
})
