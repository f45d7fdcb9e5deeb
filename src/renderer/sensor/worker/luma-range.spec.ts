import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usesFullRange } from './luma-range'

const filled = (value: number, dark = 0): Uint8Array =>
  Uint8Array.from({ length: 70_000 }, (_, at) => (at < dark ? 0 : value))

describe('usesFullRange', () => {
  it('takes a picture with true black for one of the full range', () => {
    expect(usesFullRange(filled(120, 7_000))).toBe(true)
    expect(usesFullRange(filled(120, 70))).toBe(false)
    expect(usesFullRange(new Uint8Array(0))).toBe(false)
    // A camera's first frame may be black altogether.
    expect(usesFullRange(filled(0))).toBe(false)
  })

  it('takes no picture for that whose darkest is the black of the limited range, however bright it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), (values) => {
        expect(usesFullRange(values.map((value) => Math.max(12, value)))).toBe(false)
      })
    )
  })
})
