import { expect, test } from 'vitest'
import { acceptFlavour } from './flavour'

test('a hub takes release builds alone unless told otherwise, and others in demo organisations alone', () => {
  const all = ['release', 'test', 'demo'] as const
  for (const demo of [true, false]) {
    expect(acceptFlavour('release', ['release'], demo).ok).toBe(true)
    for (const flavour of ['test', 'demo'] as const) {
      expect(acceptFlavour(flavour, ['release'], demo).ok).toBe(false)
      expect(acceptFlavour(flavour, all, demo).ok).toBe(demo)
    }
  }
})
