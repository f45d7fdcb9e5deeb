import { expect, test } from 'vitest'
import { planOf, type Phase } from './plan'

const first = (seed: number, count: number): Phase[] => {
  const plan = planOf(seed)
  return Array.from({ length: count }, () => plan.next().value)
}

test('the same seed lives the same day, another seed another', () => {
  expect(first(7, 100)).toEqual(first(7, 100))
  expect(first(7, 100)).not.toEqual(first(8, 100))
})

test('a day is mostly work and has every kind of interruption', () => {
  const day = first(1, 2000)
  const time = (kind: Phase['kind']) =>
    day.filter((phase) => phase.kind === kind).reduce((sum, phase) => sum + phase.ms, 0)
  expect(time('shown') / (time('shown') + time('hidden') + time('signed-out'))).toBeGreaterThan(0.6)
  const rules = new Set(day.flatMap((phase) => (phase.kind === 'hidden' ? [phase.rule] : [])))
  expect([...rules].sort()).toEqual(['book', 'camera-lost', 'help-asked', 'nobody', 'phone', 'second-person'])
})

test('within the first minutes some of eleven desks are hidden while most are shown', () => {
  const hiddenSoon = Array.from({ length: 11 }, (_, index) => first(1000 + index, 2)).filter(
    ([shown, next]) => (shown?.ms ?? 0) < 60_000 && next?.kind === 'hidden'
  )
  expect(hiddenSoon.length).toBeGreaterThan(3)
})
