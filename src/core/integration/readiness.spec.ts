import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readinessOf, type DeskWord } from './readiness'

const states = ['starting', 'signed-out', 'shown', 'hidden', 'unknown'] as const
const word = fc.record({
  workstation: fc.uuid(),
  state: fc.constantFrom(...states),
  locked: fc.boolean(),
  since: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z')
})

test('only a desk that is shown and not locked makes a person ready, whatever their other desks say', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (desks: DeskWord[]) => {
      const shown = desks.some(({ state, locked }) => state === 'shown' && !locked)
      expect(readinessOf(desks).ready).toBe(shown)
      expect(readinessOf([...desks].reverse()).ready).toBe(shown)
    })
  )
})

test('who is at no desk is not ready', () => {
  expect(readinessOf([])).toEqual({ ready: false, workstation: null, state: 'signed-out' })
})

test('a locked desk is told as locked', () => {
  expect(
    readinessOf([{ workstation: 'a', state: 'hidden', locked: true, since: '2026-01-01T00:00:00.000Z' }])
  ).toMatchObject({ ready: false, state: 'locked' })
})
