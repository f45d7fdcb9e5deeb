import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { FIRST_PINGS, Liveness, MISSED_PINGS } from './liveness'

function setUp() {
  const silent = vi.fn()
  let alive = true
  const asked: number[] = []
  const liveness = new Liveness({
    ping: (number) => {
      if (alive) asked.push(number)
      return alive
    },
    silent
  })
  /** It has been loaded, and answered its first question. */
  const loaded = (): void => {
    liveness.look()
    liveness.answered(asked.at(-1) ?? 0)
  }
  return { liveness, silent, asked, loaded, there: (is: boolean) => (alive = is) }
}

test('a helper that answers is never silent', () => {
  const { liveness, silent, asked } = setUp()
  for (let n = 0; n < 100; n += 1) {
    liveness.look()
    liveness.answered(asked.at(-1) ?? 0)
  }
  expect(silent).not.toHaveBeenCalled()
})

test('a helper that stops answering is silent after five questions, once', () => {
  const { liveness, silent, loaded } = setUp()
  loaded()
  for (let n = 0; n < MISSED_PINGS; n += 1) liveness.look()
  expect(silent).not.toHaveBeenCalled()
  for (let n = 0; n < 20; n += 1) liveness.look()
  expect(silent).toHaveBeenCalledOnce()
})

test('what a process before left open is not held against the next, nor is there anybody to ask without one', () => {
  const { liveness, silent, there, loaded } = setUp()
  loaded()
  for (let n = 0; n < MISSED_PINGS - 1; n += 1) liveness.look()
  there(false)
  for (let n = 0; n < 50; n += 1) liveness.look()
  there(true)
  liveness.started()
  loaded()
  for (let n = 0; n < MISSED_PINGS; n += 1) liveness.look()
  expect(silent).not.toHaveBeenCalled()
  liveness.look()
  expect(silent).toHaveBeenCalledOnce()
})

test('a helper that never answers has longer, and is silent all the same', () => {
  const { liveness, silent } = setUp()
  for (let n = 0; n < FIRST_PINGS; n += 1) liveness.look()
  expect(silent).not.toHaveBeenCalled()
  liveness.look()
  expect(silent).toHaveBeenCalledOnce()
})

test('an answer to a question that was never asked counts for nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1000 }), { maxLength: 5 }), (numbers) => {
      const { liveness, silent } = setUp()
      for (let n = 0; n <= FIRST_PINGS; n += 1) {
        liveness.look()
        for (const number of numbers) liveness.answered(number)
      }
      expect(silent).toHaveBeenCalledOnce()
    })
  )
})
