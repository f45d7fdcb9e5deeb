import { describe, expect, it } from 'vitest'
import { expected } from './expected'
import { goldenDifference, goldenStride } from './golden'

/** The right raw outputs, as far as they are compared. */
const right = (): Float32Array => {
  const raw = new Float32Array(expected.outputs)
  expected.samples.forEach((value, index) => (raw[index * goldenStride] = value))
  return raw
}
/** The same with the sample of that number changed. */
const changed = (sample: number, change: (value: number) => number): Float32Array => {
  const raw = right()
  const at = sample * goldenStride
  raw[at] = change(raw[at] ?? 0)
  return raw
}
const first = 0
const last = expected.samples.length - 1

describe('goldenDifference', () => {
  it('compares samples from all over the outputs, the last ones among them', () => {
    expect(expected.samples).toHaveLength(Math.ceil(expected.outputs / goldenStride))
    expect(last * goldenStride).toBeGreaterThan(expected.outputs - goldenStride - 1)
  })

  it('is nothing for the right outputs, and small for what half-precision arithmetic makes of them', () => {
    expect(goldenDifference(right())).toBeLessThan(0.001)
    for (const sample of [first, last])
      expect(goldenDifference(changed(sample, (value) => value + 0.14))).toBeLessThanOrEqual(1)
  })

  it.each([
    ['a little more', (value: number) => value + 0.16],
    ['a little less', (value: number) => value - 0.16],
    ['no number', () => NaN],
    ['without end', () => Infinity],
    ['without end, below', () => -Infinity]
  ])('is beyond the limit when any one sample is %s', (_what, change) => {
    for (const sample of [first, Math.floor(last / 2), last])
      expect(goldenDifference(changed(sample, change))).toBeGreaterThan(1)
  })

  it('is beyond the limit when outputs are missing, too many, all zero or shifted by one', () => {
    expect(goldenDifference(right().slice(0, -1))).toBeGreaterThan(1)
    expect(goldenDifference(new Float32Array(0))).toBeGreaterThan(1)
    const longer = new Float32Array(expected.outputs + 1)
    longer.set(right())
    expect(goldenDifference(longer)).toBeGreaterThan(1)
    expect(goldenDifference(new Float32Array(expected.outputs))).toBeGreaterThan(1)
    const shifted = new Float32Array(expected.outputs)
    shifted.set(right().subarray(0, -1), 1)
    expect(goldenDifference(shifted)).toBeGreaterThan(1)
  })

  it('stays beyond the limit when a wrong sample comes after one that is no number', () => {
    const raw = changed(first, () => NaN)
    expect(goldenDifference(raw)).toBe(Infinity)
  })
})
