import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newSecret, stepOf, totpOf } from './app-code'

// RFC 6238 appendix B, SHA-1, the last six digits.
const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1234567890, '005924'],
  [20000000000, '353130']
])('the code of second %i is that of RFC 6238', (second, code) => {
  expect(stepOf(rfc, code, new Date(second * 1000))).toBe(Math.floor(second / 30))
})

test('a code is taken one step early or late, and never further off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 2e9 }), fc.integer({ min: -5, max: 5 }), (second, off) => {
      const secret = newSecret()
      const made = Math.floor(second / 30) + off
      const code = totpOf(secret).generate({ timestamp: made * 30_000 })
      const step = stepOf(secret, code, new Date(second * 1000))
      if (Math.abs(off) <= 1) expect(step).not.toBeNull()
      // Of five other steps one may have the same six digits, once in two hundred thousand.
      else if (step !== null) expect(totpOf(secret).generate({ timestamp: step * 30_000 })).toBe(code)
    }),
    { numRuns: 50 }
  )
})

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is no code', (code) => {
  expect(stepOf(rfc, code, new Date(59_000))).toBeNull()
})
