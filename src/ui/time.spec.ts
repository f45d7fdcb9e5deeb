import { expect, test } from 'vitest'
import { clockTime, lengthOfTime } from './time'
import { createTicker } from './ticker'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

test.each([
  [-5 * SECOND, 'just now'],
  [9 * SECOND, 'just now'],
  [19 * SECOND, '10 s'],
  [59 * SECOND, '50 s'],
  [3 * MINUTE + 59 * SECOND, '3 min'],
  [HOUR + 5 * MINUTE, '1 h 5 min'],
  [26 * HOUR, '1 day'],
  [50 * HOUR, '2 days']
])('%d ms reads %s', (ms, text) => {
  expect(lengthOfTime('en', ms)).toBe(text)
})

test('a clock shows 24 hours in both languages', () => {
  const evening = new Date(2026, 0, 5, 21, 7).getTime()
  expect(clockTime('en', evening)).toBe('21:07')
  expect(clockTime('es', evening)).toBe('21:07')
})

test('the ticker goes by the clock it is told', () => {
  const ticker = createTicker(() => 1_000_000)
  ticker.setOffset(-2500)
  expect(ticker.now()).toBe(997_500)
})
