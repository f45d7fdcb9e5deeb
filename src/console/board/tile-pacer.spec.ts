import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tileOf } from '../../../e2e/console/rows'
import type { Tile } from '../../contract/wire/v1/console'
import type { Row } from '../stream/board-state'
import { createTilePacer, PER_FRAME } from './tile-pacer'

const floor = Array.from({ length: 3 * PER_FRAME }, (_, n) => tileOf(n + 1))
const rowsOf = (tiles: readonly Tile[]): ReadonlyMap<string, Row<Tile>> =>
  new Map(tiles.map((value, version) => [value.workstation, { value, version }]))

/** A pacer whose frames come when asked for. */
function paced() {
  let next: (() => void) | null = null
  const pacer = createTilePacer((run) => {
    next = run
    return () => (next = null)
  })
  const frame = (): boolean => {
    const run = next
    next = null
    run?.()
    return run !== null
  }
  return { pacer, frame }
}

test('whatever comes when, all tiles are what came last, few of them change in one frame, and none waits for ever', () => {
  const change = fc.record({
    which: fc.subarray(floor, { minLength: 1 }),
    openAlerts: fc.nat(9),
    frames: fc.nat(4)
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const { pacer, frame } = paced()
      let drawn = 0
      let tiles = floor
      pacer.take(rowsOf(tiles))
      for (const { workstation } of floor) {
        pacer.get(workstation)
        pacer.subscribe(workstation, () => (drawn += 1))
      }
      const draw = (): boolean => {
        drawn = 0
        const ran = frame()
        expect(drawn).toBeLessThanOrEqual(PER_FRAME)
        return ran
      }
      for (const { which, openAlerts, frames } of changes) {
        tiles = tiles.map((tile) =>
          which.some(({ workstation }) => workstation === tile.workstation) ? { ...tile, openAlerts } : tile
        )
        pacer.take(rowsOf(tiles))
        for (let n = 0; n < frames; n += 1) draw()
      }
      let frames = 0
      while (draw()) frames += 1
      expect(frames).toBeLessThanOrEqual(Math.ceil(floor.length / PER_FRAME))
      for (const tile of tiles) expect(pacer.get(tile.workstation)).toEqual(tile)
    }),
    { numRuns: 50 }
  )
})

test('a tile that is gone is gone, and one that is new is there at once', () => {
  const { pacer, frame } = paced()
  const [one, two] = [floor[0]!, floor[1]!]
  pacer.take(rowsOf([one]))
  expect(pacer.get(one.workstation)).toBe(one)
  pacer.take(rowsOf([two]))
  expect(pacer.get(two.workstation)).toBe(two)
  frame()
  expect(pacer.get(one.workstation)).toBeUndefined()
})
