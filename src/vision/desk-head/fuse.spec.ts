import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../coco-ssd/decode'
import type { Box, Detection } from '../detector'
import { booksFrom, phonesFrom } from './fuse'

const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000)
const box: fc.Arbitrary<Box> = fc.record({
  x: share,
  y: share,
  width: fc.integer({ min: 20, max: 500 }).map((value) => value / 1000),
  height: fc.integer({ min: 20, max: 500 }).map((value) => value / 1000)
})
const candidates: fc.Arbitrary<readonly Candidate[]> = fc.array(fc.record({ score: share, box }), {
  maxLength: 6
})
const found: fc.Arbitrary<readonly Detection[]> = fc.array(
  fc.record({ label: fc.constantFrom('cell phone', 'remote', 'person', 'book'), score: share, box }),
  { maxLength: 8 }
)
const place: Box = { x: 0.4, y: 0.4, width: 0.1, height: 0.2 }
const top = (phones: readonly Candidate[]): number => phones[0]?.score ?? 0
const at = (label: string, score: number): Detection => ({ label, score, box: place })

describe('phonesFrom', () => {
  it('answers scores from 0 to 1, best first, each in the place of a witness', () => {
    fc.assert(
      fc.property(found, candidates, (detections, shaped) => {
        const phones = phonesFrom(detections, shaped, false)
        const scores = phones.map(({ score }) => score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        for (const { score, box: where } of phones) {
          expect(score).toBeGreaterThan(0)
          expect(score).toBeLessThan(1)
          expect([...shaped, ...detections].some((one) => one.box === where)).toBe(true)
        }
      })
    )
  })

  it('is never less sure of the surest phone when any witness is surer', () => {
    fc.assert(
      fc.property(found, candidates, fc.nat(), share, (detections, shaped, which, more) => {
        const before = top(phonesFrom(detections, shaped, false))
        const raise = <T extends { readonly score: number }>(all: readonly T[]): readonly T[] =>
          all.map((one, index) =>
            index === which % all.length ? { ...one, score: Math.max(one.score, more) } : one
          )
        expect(top(phonesFrom(raise(detections), shaped, false))).toBeGreaterThanOrEqual(before)
        expect(top(phonesFrom(detections, raise(shaped), false))).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 500 }
    )
  })

  it('is never less sure with one more witness', () => {
    fc.assert(
      fc.property(found, candidates, share, box, (detections, shaped, score, where) => {
        const before = top(phonesFrom(detections, shaped, false))
        expect(top(phonesFrom(detections, [...shaped, { score, box: where }], false))).toBeGreaterThanOrEqual(
          before
        )
        for (const label of ['cell phone', 'remote'])
          expect(
            top(phonesFrom([...detections, { label, score, box: where }], shaped, false))
          ).toBeGreaterThanOrEqual(before)
      })
    )
  })

  it('takes no person, book or lone remote for a phone', () => {
    const others = [at('person', 0.99), at('book', 0.9), at('remote', 0.9)]
    expect(phonesFrom(others, [], false)).toEqual([])
  })

  it('believes two witnesses of one place more than either alone, and makes one phone of them', () => {
    const shaped = [{ score: 0.6, box: place }]
    const both = phonesFrom([at('cell phone', 0.6)], shaped, false)
    expect(both).toHaveLength(1)
    expect(top(both)).toBeGreaterThan(top(phonesFrom([], shaped, false)))
    expect(top(both)).toBeGreaterThan(top(phonesFrom([at('cell phone', 0.6)], [], false)))
  })
})

describe('booksFrom', () => {
  it('answers scores from 0 to 1, best first, each in the place of a witness', () => {
    fc.assert(
      fc.property(found, candidates, (detections, shaped) => {
        const books = booksFrom(detections, shaped)
        const scores = books.map(({ score }) => score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        expect(scores.every((score) => score > 0 && score < 1)).toBe(true)
      })
    )
  })

  it('is never less sure of the surest book with one more witness', () => {
    fc.assert(
      fc.property(found, candidates, share, box, (detections, shaped, score, where) => {
        const before = top(booksFrom(detections, shaped))
        const more = { score, box: where }
        expect(top(booksFrom(detections, [...shaped, more]))).toBeGreaterThanOrEqual(before)
        expect(top(booksFrom([...detections, { label: 'book', ...more }], shaped))).toBeGreaterThanOrEqual(
          before
        )
      })
    )
  })

  it('takes no phone and no person for a book', () => {
    expect(booksFrom([at('person', 0.99), at('cell phone', 0.9)], [])).toEqual([])
  })
})
