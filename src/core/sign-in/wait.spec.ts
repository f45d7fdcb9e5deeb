import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterFailure, FORGET_MS, FREE_TRIES, LONGEST_WAIT_MS, waitOf, type Tries } from './wait'

const after = (count: number, now = 0): Tries | null => {
  let tries: Tries | null = null
  for (let n = 0; n < count; n += 1) tries = afterFailure(tries, now)
  return tries
}

describe('waits after wrong tries', () => {
  test('the first few cost nothing, then each costs more, up to the longest', () => {
    const waits = Array.from({ length: 12 }, (_, n) => waitOf(after(n), 0))
    expect(waits.slice(0, FREE_TRIES)).toEqual(Array<number>(FREE_TRIES).fill(0))
    expect(waits.slice(FREE_TRIES, FREE_TRIES + 5)).toEqual([60_000, 120_000, 240_000, 480_000, 900_000])
    expect(waits.at(-1)).toBe(LONGEST_WAIT_MS)
  })

  test('never for good: whatever is tried, the way is open after the longest wait', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: FORGET_MS * 2 }), { maxLength: 200 }), (gaps) => {
        let now = 0
        let tries: Tries | null = null
        for (const gap of gaps) {
          now += gap
          tries = afterFailure(tries, now)
          expect(waitOf(tries, now)).toBeLessThanOrEqual(LONGEST_WAIT_MS)
          expect(waitOf(tries, now + LONGEST_WAIT_MS)).toBe(0)
        }
      })
    )
  })

  test('who waits out each wait gets no more than a hundred and ten tries a day', () => {
    let now = 0
    let tries: Tries | null = null
    let made = 0
    while (now < FORGET_MS) {
      tries = afterFailure(tries, now)
      made += 1
      now += waitOf(tries, now)
    }
    expect(made).toBeLessThanOrEqual(110)
  })

  test('a day without a wrong try forgets them', () => {
    expect(afterFailure(after(9), FORGET_MS + 1).failures).toBe(1)
  })
})
