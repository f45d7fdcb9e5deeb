import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Throttle } from './throttle'

describe('Throttle', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('acts at once when quiet, at most once per period when busy, and never forgets the last', () => {
    const act = vi.fn()
    const throttle = new Throttle(act, 100)
    for (let i = 0; i < 100; i += 1) {
      throttle.soon()
      vi.advanceTimersByTime(10)
    }
    expect(act.mock.calls.length).toBeLessThanOrEqual(11)
    const before = act.mock.calls.length
    throttle.soon()
    vi.advanceTimersByTime(200)
    expect(act.mock.calls.length).toBeGreaterThan(before)
  })

  it('does not hold back what is urgent', () => {
    const act = vi.fn()
    const throttle = new Throttle(act, 100)
    throttle.soon()
    throttle.now()
    expect(act).toHaveBeenCalledTimes(2)
  })
})
