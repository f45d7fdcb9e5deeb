import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { signInKeys } from './keys'
import { isKnownTo, KNOWN_MS, knownBrowser } from './known-browser'

test('a browser is known to the person who signed in there, for its time, and nobody makes that up', () => {
  const keys = signInKeys(randomBytes(32))
  const now = new Date(1_000_000)
  const value = knownBrowser(keys, 'ana', now)
  expect(isKnownTo(keys, value, 'ana', now)).toBe(true)
  expect(isKnownTo(keys, value, 'ben', now)).toBe(false)
  expect(isKnownTo(keys, value.replace('ana', 'ben'), 'ben', now)).toBe(false)
  expect(isKnownTo(keys, value, 'ana', new Date(now.getTime() + KNOWN_MS + 1))).toBe(false)
  expect(isKnownTo(signInKeys(randomBytes(32)), value, 'ana', now)).toBe(false)
  for (const other of [null, '', 'ana', 'ana.1', 'ana.1.', `${value}.x`, value.slice(0, -1)])
    expect(isKnownTo(keys, other, 'ana', now)).toBe(false)
})
