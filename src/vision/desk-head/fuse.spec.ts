import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../coco-ssd/decode'
import type { Box, Detection } from '../detector'
import { wholePicture } from '../pixels/resize'
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
/** A closer look, away from every edge of the picture. */
const part: Box = { x: 0.2, y: 0.2, width: 0.6, height: 0.6 }
const place: Box = { x: 0.4, y: 0.4, width: 0.1, height: 0.2 }
const top = (phones: readonly Candidate[]): number => phones[0]?.score ?? 0
const at = (label: string, score: number): Detection => ({ label, score, box: place })

describe('phonesFrom', () => {
  it('needs less from coco-ssd in a closer look where the picture’s left or right edge cuts the thing off', () => {
    const shaped = (x: number): readonly Candidate[] => [{ score: 0.6, box: { ...place, x } }]
    const seen = (x: number, view: Box): number => top(phonesFrom([], shaped(x), view))
    const [leftmost, rightmost] = [
      { ...part, x: 0 },
      { ...part, x: 0.4 }
    ]
    expect(seen(0, leftmost)).toBeGreaterThan(seen(0.4, leftmost))
    expect(seen(0.9, rightmost)).toBeGreaterThan(seen(0.4, rightmost))
    // The edge of a tile within the picture is none of the picture's, and the whole picture shows too little.
    expect(seen(0, part)).toBe(seen(0.4, part))
    expect(seen(0, wholePicture)).toBe(seen(0.4, wholePicture))
  })

  it('answers scores from 0 to 1, best first, each in the place of a witness', () => {
    fc.assert(
      fc.property(found, candidates, (detections, shaped) => {
        const phones = phonesFrom(detections, shaped, wholePicture)
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
        const before = top(phonesFrom(detections, shaped, wholePicture))
        const raise = <T extends { readonly score: number }>(all: readonly T[]): readonly T[] =>
          all.map((one, index) =>
            index === which % all.length ? { ...one, score: Math.max(one.score, more) } : one
          )
        expect(top(phonesFrom(raise(detections), shaped, wholePicture))).toBeGreaterThanOrEqual(before)
        expect(top(phonesFrom(detections, raise(shaped), wholePicture))).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 500 }
    )
  })

  it('is never less sure with one more witness', () => {
    fc.assert(
      fc.property(found, candidates, share, box, (detections, shaped, score, where) => {
        const before = top(phonesFrom(detections, shaped, wholePicture))
        expect(
          top(phonesFrom(detections, [...shaped, { score, box: where }], wholePicture))
        ).toBeGreaterThanOrEqual(before)
        for (const label of ['cell phone', 'remote'])
          expect(
            top(phonesFrom([...detections, { label, score, box: where }], shaped, wholePicture))
          ).toBeGreaterThanOrEqual(before)
      })
    )
  })

  it('takes no person, book or lone remote for a phone', () => {
    const others = [at('person', 0.99), at('book', 0.9), at('remote', 0.9)]
    expect(phonesFrom(others, [], wholePicture)).toEqual([])
  })

  it('takes the word for phones of a model without our head as it is, in every view', () => {
    fc.assert(
      fc.property(found, fc.constantFrom(wholePicture, part), (detections, view) => {
        const phones = detections.filter(({ label }) => label === 'cell phone')
        const best = [...phones].sort((a, b) => b.score - a.score)
        expect(phonesFrom(detections, null, view).map(({ score, box: where }) => [score, where])).toEqual(
          best.map(({ score, box: where }) => [score, where])
        )
      })
    )
    // A head that saw nothing is another matter: its silence is a witness.
    expect(top(phonesFrom([at('cell phone', 0.55)], null, wholePicture))).toBe(0.55)
    expect(top(phonesFrom([at('cell phone', 0.55)], [], wholePicture))).toBeLessThan(0.5)
  })

  it('believes two witnesses of one place more than either alone, and makes one phone of them', () => {
    const shaped = [{ score: 0.6, box: place }]
    const both = phonesFrom([at('cell phone', 0.6)], shaped, wholePicture)
    expect(both).toHaveLength(1)
    expect(top(both)).toBeGreaterThan(top(phonesFrom([], shaped, wholePicture)))
    expect(top(both)).toBeGreaterThan(top(phonesFrom([at('cell phone', 0.6)], [], wholePicture)))
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
