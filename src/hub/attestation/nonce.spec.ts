import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createNonces, NONE_ANY_MORE } from './nonce'

test('F1: a nonce is good until its time is over, and only for the hub that issued it', () => {
  const nonces = createNonces(1000)
  const nonce = nonces.issue(5000)
  expect(nonces.open(nonce, 5000)).toEqual({ issuedAt: 5000, told: null })
  expect(nonces.open(nonce, 6000)).toEqual({ issuedAt: 5000, told: null })
  expect(nonces.open(nonce, 6001)).toBeNull()
  expect(nonces.open(nonce, 4999)).toBeNull()
  expect(createNonces(1000).open(nonce, 5000)).toBeNull()
})

test('F1: a nonce with any character changed is not good, and no two are the same', () => {
  const nonces = createNonces()
  const nonce = nonces.issue(5000)
  for (let at = 0; at < nonce.length - 1; at += 1) {
    const other = nonce[at] === 'A' ? 'B' : 'A'
    expect(nonces.open(nonce.slice(0, at) + other + nonce.slice(at + 1), 5000)).toBeNull()
  }
  for (const text of ['', 'x', 'A'.repeat(75), 'A'.repeat(98)]) expect(nonces.open(text, 5000)).toBeNull()
  expect(new Set(Array.from({ length: 10_000 }, () => nonces.issue(5000))).size).toBe(10_000)
})

test('F5: a nonce carries what a run was told, within what a proof may carry', () => {
  const nonces = createNonces()
  const boots = [randomUUID(), '00000000-0000-0000-0000-000000000000']
  for (const [boot, upTo] of boots.flatMap((one) =>
    [-1, 0, 7, NONE_ANY_MORE].map((n) => [one, n] as const)
  )) {
    const told = { boot, upTo }
    const nonce = nonces.issue(5000, told)
    expect(nonce.length).toBeLessThanOrEqual(100)
    expect(nonces.open(nonce, 6000)).toEqual({ issuedAt: 5000, told })
  }
})
