import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sigmoid, type Candidate } from '../coco-ssd/decode'
import { perKind, readHead } from './decode-head'
import { deskKinds, type DeskKind } from './kinds'
import type { DeskHead } from './read-head'

const head: DeskHead = { layers: [], output: 'answer', cells: 4, kinds: ['phone', 'book'], unitSize: 0.2 }
const perCell = perKind * head.kinds.length
const length = head.cells * head.cells * perCell
const floor = 0.05
const kinds = fc.constantFrom(...deskKinds)
const read = (answer: Float32Array, kind: DeskKind = 'phone'): readonly Candidate[] => {
  const found = readHead(head, answer, kind, floor)
  if (!found) throw new Error(`the head was not asked for ${kind}`)
  return found
}
/** A network that sees nothing anywhere. */
const empty = (): Float32Array => Float32Array.from({ length }, (_, at) => (at % perKind === 0 ? -9 : 0))
const raw = fc
  .array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: length, maxLength: length })
  .map((values) => Float32Array.from(values))

describe('readHead', () => {
  it('finds a phone in the middle of its cell, of the unit’s size', () => {
    const answer = empty()
    // Row 1, column 2 of a grid of 4.
    answer[(1 * 4 + 2) * perCell] = 2
    const found = read(answer)
    expect(found).toHaveLength(1)
    expect(found[0]?.score).toBeCloseTo(0.881, 3)
    const { x = 0, y = 0, width = 0, height = 0 } = found[0]?.box ?? {}
    expect([x + width / 2, y + height / 2, width, height].map((side) => Number(side.toFixed(6)))).toEqual([
      0.625, 0.375, 0.2, 0.2
    ])
  })

  it('keeps the kinds apart, and says nothing of one it was not trained for', () => {
    const answer = empty()
    answer[(1 * 4 + 2) * perCell + perKind] = 2
    expect(read(answer, 'book')).toHaveLength(1)
    expect(read(answer, 'phone')).toEqual([])
    expect(readHead({ ...head, kinds: ['phone'] }, answer, 'book', floor)).toBeNull()
  })

  it('finds nothing where nothing reaches the floor', () => {
    expect(read(empty())).toEqual([])
  })

  it('throws when any presence is not a number, or the answer is too short: that is no empty room', () => {
    fc.assert(
      fc.property(raw, fc.nat(head.cells * head.cells - 1), kinds, (answer, cell, kind) => {
        answer[cell * perCell + deskKinds.indexOf(kind) * perKind] = NaN
        expect(() => read(answer, kind)).toThrow(/not a number/)
      })
    )
    expect(() => read(empty().subarray(0, length - perCell))).toThrow(/not a number/)
  })

  it('answers scores from floor to 1, best first, in boxes of a possible size, whatever the network says', () => {
    fc.assert(
      fc.property(raw, kinds, (answer, kind) => {
        const found = read(answer, kind)
        const presences = Array.from(
          { length: head.cells ** 2 },
          (_, cell) => answer[cell * perCell + deskKinds.indexOf(kind) * perKind] ?? NaN
        )
        const best = sigmoid(Math.max(...presences))
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a))
        for (const { score, box } of found) {
          expect(score).toBeGreaterThanOrEqual(floor - 1e-9)
          expect(score).toBeLessThanOrEqual(best)
          expect(Object.values(box).every(Number.isFinite)).toBe(true)
          expect(box.width).toBeGreaterThan(0)
          expect(box.width).toBeLessThanOrEqual(head.unitSize * Math.exp(2) + 1e-9)
        }
        if (best >= floor + 1e-6) expect(found[0]?.score).toBeCloseTo(best)
      })
    )
  })
})
