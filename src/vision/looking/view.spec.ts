import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box } from '../detector'
import { areaOf, sharedArea } from '../overlap'
import { isWhole, wholePicture } from '../pixels/resize'
import { inView, tiles, viewAround } from './view'

const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000)
const box: fc.Arbitrary<Box> = fc
  .tuple(share, share, share, share)
  .map(([x, y, width, height]) => ({ x, y, width: width * (1 - x), height: height * (1 - y) }))
/** As a detector may give it: beyond the edges too. */
const anyBox: fc.Arbitrary<Box> = fc.record({
  x: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  y: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  width: fc.double({ min: 0, max: 2, noNaN: true }),
  height: fc.double({ min: 0, max: 2, noNaN: true })
})
const room = fc.double({ min: 1, max: 4, noNaN: true })
const least = fc.double({ min: 0.1, max: 1, noNaN: true })

describe('viewAround', () => {
  it('lies inside the picture, has the picture’s shape and at least the least side, for any box', () => {
    fc.assert(
      fc.property(anyBox, room, least, (one, wide, side) => {
        const { x, y, width, height } = viewAround(one, wide, side)
        expect(width).toBe(height)
        expect(width).toBeGreaterThanOrEqual(side)
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.max(x, y) + width).toBeLessThanOrEqual(1 + 1e-12)
      })
    )
  })

  it('holds the whole of a box that lies inside the picture', () => {
    fc.assert(
      fc.property(box, room, least, (one, wide, side) => {
        const view = viewAround(one, wide, side)
        expect(sharedArea(view, one)).toBeCloseTo(areaOf(one), 9)
      })
    )
  })

  it('is never smaller with more room', () => {
    fc.assert(
      fc.property(box, room, room, least, (one, a, b, side) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(viewAround(one, more, side).width).toBeGreaterThanOrEqual(viewAround(one, less, side).width)
      })
    )
  })
})

describe('inView', () => {
  it('takes everything inside the picture as seen by a look at the whole', () => {
    fc.assert(fc.property(box, (one) => inView(wholePicture, one)))
  })

  it('takes what a closer look was made for as seen by it, away from the picture’s edges', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.02, max: 0.2, noNaN: true }), (x, y, side) => {
        const one = { x: 0.2 + 0.4 * x, y: 0.2 + 0.4 * y, width: side, height: side }
        expect(inView(viewAround(one, 2.4, 0.34), one)).toBe(true)
      })
    )
  })

  it('does not take for seen what a closer look cuts off at its edge', () => {
    const view = { x: 0.4, y: 0.4, width: 0.4, height: 0.4 }
    expect(inView(view, { x: 0.39, y: 0.55, width: 0.06, height: 0.06 })).toBe(false)
    expect(inView(view, { x: 0.55, y: 0.77, width: 0.06, height: 0.06 })).toBe(false)
    expect(inView(view, { x: 0.57, y: 0.57, width: 0.06, height: 0.06 })).toBe(true)
  })
})

describe('tiles of a sweep', () => {
  it('cover every point of the picture, lie inside it, and none is the whole', () => {
    fc.assert(
      fc.property(share, share, (x, y) => {
        const covered = tiles.some(
          (tile) => x >= tile.x && x <= tile.x + tile.width && y >= tile.y && y <= tile.y + tile.height
        )
        expect(covered).toBe(true)
      })
    )
    for (const tile of tiles) {
      expect(isWhole(tile)).toBe(false)
      expect(Math.max(tile.x + tile.width, tile.y + tile.height)).toBeLessThanOrEqual(1)
    }
  })
})
