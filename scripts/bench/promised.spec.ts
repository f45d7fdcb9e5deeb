import { describe, expect, it } from 'vitest'
import { brokenOf } from './promised'

describe('what a bench promises', () => {
  it.each([
    [{ figure: 'p95', value: 800, most: 800 }, true],
    [{ figure: 'p95', value: 801, most: 800 }, false],
    [{ figure: 'recall', value: 0.6, least: 0.6 }, true],
    [{ figure: 'recall', value: 0.59, least: 0.6 }, false],
    [{ figure: 'nothing was measured', value: null, most: 1 }, false],
    [{ figure: 'nothing to divide by', value: NaN, most: 1 }, false]
  ])('%j is kept: %s', (one, kept) => {
    expect(brokenOf([one])).toEqual(kept ? [] : [one])
  })
})
