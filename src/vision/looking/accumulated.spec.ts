import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Accumulated } from './accumulated'
import { wholePicture } from '../pixels/resize'
import { tiles } from './view'

const score = fc.double({ min: 0, max: 1, noNaN: true })

describe('Accumulated', () => {
  it('is never less sure than its surest witness, nor surer than 1, and more witnesses never make it less sure', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 30 }), score, (scores, more) => {
        const books = new Accumulated()
        books.fold(wholePicture, scores, 0)
        const before = books.at(0)
        expect(before).toBeGreaterThanOrEqual(Math.max(0, ...scores) - 1e-5)
        expect(before).toBeLessThanOrEqual(1)
        books.fold(wholePicture, [...scores, more], 0)
        expect(books.at(0)).toBeGreaterThanOrEqual(before - 1e-12)
      })
    )
  })

  it('takes the newest look at a view for the old one, instead of counting it twice', () => {
    const books = new Accumulated()
    books.fold(wholePicture, [0.6], 0)
    books.fold(wholePicture, [0.6], 100)
    expect(books.at(100)).toBeCloseTo(0.6)
    books.fold(wholePicture, [], 200)
    expect(books.at(200)).toBe(0)
  })

  it('joins views, and forgets what was told of a view in which something is new', () => {
    const [tile = wholePicture] = tiles
    const books = new Accumulated()
    books.fold(wholePicture, [0.5], 0)
    books.fold(tile, [0.5], 0)
    // What a tile finds weighs three tenths, and scores join by their cubes.
    expect(books.at(0)).toBeCloseTo(Math.cbrt(1 - (1 - 0.5 ** 3) * (1 - 0.15 ** 3)))
    books.disturb([{ box: { x: 0.4, y: 0.6, width: 0.2, height: 0.2 }, amount: 100 }])
    expect(books.at(0)).toBe(0)
  })

  it('believes nothing for ever', () => {
    const books = new Accumulated()
    books.fold(wholePicture, [0.9], 0)
    expect(books.at(60_000)).toBe(0)
  })
})
