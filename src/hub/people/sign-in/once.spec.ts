import { expect, test } from 'vitest'
import { createOnce } from './once'

const at = (ms: number): Date => new Date(ms)

test('what is kept is given away once, and not after its time', () => {
  const once = createOnce<number>({ lifetimeMs: 100, max: 10 })
  const name = once.put(7, at(0))
  expect(once.peek(name, at(100))).toBe(7)
  expect(once.take(name, at(100))).toBe(7)
  expect(once.take(name, at(100))).toBeNull()
  expect(once.take(once.put(8, at(0)), at(101))).toBeNull()
  expect(once.take('nothing', at(0))).toBeNull()
})

test('asking for many keeps no more than there is room for: the oldest goes', () => {
  const once = createOnce<number>({ lifetimeMs: 100, max: 3 })
  const names = [1, 2, 3, 4, 5].map((n) => once.put(n, at(n)))
  expect(names.map((name) => once.peek(name, at(5)))).toEqual([null, null, 3, 4, 5])
})
