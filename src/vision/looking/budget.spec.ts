import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LookBudget } from './budget'

describe('LookBudget', () => {
  it('keeps looks within their share of a core in the long run, whatever they cost and whenever they come', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 })), {
          minLength: 1,
          maxLength: 200
        }),
        (share, steps) => {
          const budget = new LookBudget({ share, savedMs: 500 })
          let now = 0
          let spent = 0
          let largest = 0
          for (const [gap, cost] of steps) {
            now += gap
            if (budget.savedAt(now) <= 0) continue
            now += cost
            budget.spend(now, cost)
            spent += cost
            largest = Math.max(largest, cost)
          }
          // What was saved at the start, what was earned since, and at most one look on credit.
          expect(spent).toBeLessThanOrEqual(500 + now * share + largest + 1e-6)
        }
      )
    )
  })

  it('saves no more than its limit, so that a quiet hour buys no busy minute', () => {
    const budget = new LookBudget({ share: 0.5, savedMs: 900 })
    budget.savedAt(0)
    expect(budget.savedAt(3_600_000)).toBe(900)
  })

  it('takes a clock that stands or runs back for no time at all', () => {
    const budget = new LookBudget({ share: 0.5, savedMs: 900 })
    budget.spend(1000, 600)
    expect(budget.savedAt(500)).toBe(300)
    expect(budget.savedAt(500)).toBe(300)
  })

  it('earns by another share from then on, and keeps what it had saved', () => {
    const budget = new LookBudget({ share: 0.5, savedMs: 900 })
    budget.spend(0, 900)
    expect(budget.savedAt(1000)).toBe(500)
    budget.share = 0.2
    expect(budget.savedAt(1000)).toBe(500)
    expect(budget.savedAt(2000)).toBe(700)
  })
})
