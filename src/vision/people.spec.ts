import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box, Detection } from './detector'
import { peopleIn, withPeopleCutOff } from './people'

const person = (score: number, x: number, y: number, width: number, height: number): Detection => ({
  label: 'person',
  score,
  box: { x, y, width, height }
})
const box: fc.Arbitrary<Box> = fc.record({
  x: fc.double({ min: 0, max: 0.6, noNaN: true }),
  y: fc.double({ min: 0, max: 0.6, noNaN: true }),
  width: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
  height: fc.double({ min: 0.05, max: 0.4, noNaN: true })
})

/** The score of each that is counted. */
const countPeople = (found: readonly Detection[], threshold: number): readonly number[] =>
  peopleIn(found, threshold).map(({ score }) => score)

describe('peopleIn', () => {
  it('counts one person once, though seen whole, as a face and twice over', () => {
    const found = [
      person(0.9, 0.2, 0.1, 0.5, 0.9),
      person(0.7, 0.22, 0.12, 0.5, 0.86),
      person(0.6, 0.35, 0.15, 0.18, 0.25)
    ]
    expect(countPeople(found, 0.5)).toEqual([0.9])
  })

  it('counts two who sit side by side and overlap', () => {
    const found = [person(0.8, 0.05, 0.15, 0.57, 0.85), person(0.65, 0.55, 0.34, 0.44, 0.65)]
    expect(countPeople(found, 0.5)).toEqual([0.8, 0.65])
  })

  it('leaves out who is below the threshold and what is no person', () => {
    const dog = { ...person(0.9, 0.6, 0.6, 0.3, 0.3), label: 'dog' }
    expect(countPeople([person(0.49, 0, 0, 0.4, 0.9), dog], 0.5)).toEqual([])
  })

  it('never counts more at a higher threshold, nor none when somebody passes it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ label: fc.constant('person'), score: fc.double({ min: 0, max: 1, noNaN: true }), box })
        ),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (found, threshold) => {
          const passing = found.filter(({ score }) => score >= threshold).length
          const counted = countPeople(found, threshold)
          expect(counted.length).toBeLessThanOrEqual(passing)
          expect(counted.length > 0).toBe(passing > 0)
          expect(countPeople(found, 1.01)).toEqual([])
        }
      )
    )
  })
})

describe('withPeopleCutOff', () => {
  const sitting = person(0.86, 0.29, 0.06, 0.41, 0.94)
  const count = (...others: readonly Detection[]): number =>
    peopleIn(withPeopleCutOff([sitting, ...others]), 0.5).length

  it('counts somebody at a side edge who is half out of the picture', () => {
    expect(count(person(0.34, 0.76, 0.11, 0.24, 0.89))).toBe(2)
    expect(count(person(0.34, 0, 0.11, 0.24, 0.89))).toBe(2)
  })

  it('counts nobody for a second box around one person, a low one, or one away from the edge', () => {
    expect(count(person(0.48, 0, 0.05, 0.58, 0.96))).toBe(1)
    expect(count(person(0.34, 0.76, 0.7, 0.24, 0.3))).toBe(1)
    expect(count(person(0.34, 0.74, 0.11, 0.24, 0.89))).toBe(1)
  })

  it('makes the only one in view no surer: whether anybody is there is another question', () => {
    const alone = person(0.34, 0.76, 0.11, 0.24, 0.89)
    expect(withPeopleCutOff([alone])).toEqual([alone])
  })

  it('makes nobody less sure, changes nothing else, and keeps the surest first', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            label: fc.constantFrom('person', 'book'),
            score: fc.double({ min: 0, max: 1, noNaN: true }),
            box
          })
        ),
        (found) => {
          const after = withPeopleCutOff(found)
          expect(after.length).toBe(found.length)
          for (const one of after) {
            const before = found.find((met) => met.box === one.box)
            expect(one.score).toBeGreaterThanOrEqual(before?.score ?? Infinity)
            if (one.label !== 'person') expect(one).toEqual(before)
          }
          expect(after.map(({ score }) => score)).toEqual(
            after.map(({ score }) => score).sort((a, b) => b - a)
          )
        }
      )
    )
  })
})
