import { expect, test } from 'vitest'
import { createNonces } from './nonce'

test('F1: a nonce is good until its time is over, and only for the hub that issued it', () => {
  const nonces = createNonces(1000)
  const nonce = nonces.issue(5000)
  expect(nonces.isGood(nonce, 5000)).toBe(true)
  expect(nonces.isGood(nonce, 6000)).toBe(true)
  expect(nonces.isGood(nonce, 6001)).toBe(false)
  expect(nonces.isGood(nonce, 4999)).toBe(false)
  expect(createNonces(1000).isGood(nonce, 5000)).toBe(false)
})

test('F1: a nonce with any character changed is not good, and no two are the same', () => {
  const nonces = createNonces()
  const nonce = nonces.issue(5000)
  for (let at = 0; at < nonce.length - 1; at += 1) {
    const other = nonce[at] === 'A' ? 'B' : 'A'
    expect(nonces.isGood(nonce.slice(0, at) + other + nonce.slice(at + 1), 5000)).toBe(false)
  }
  for (const text of ['', 'x', 'A'.repeat(75)]) expect(nonces.isGood(text, 5000)).toBe(false)
  expect(new Set(Array.from({ length: 10_000 }, () => nonces.issue(5000))).size).toBe(10_000)
})
