import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box, Detection } from '../detector'
import { Sightings } from './sightings'
import { wholePicture } from '../pixels/resize'
import { tiles, viewAround } from './view'

const labels = new Set(['phone'])
const phone = (score: number, box: Box): Detection => ({ label: 'phone', score, box })
const small: Box = { x: 0.45, y: 0.55, width: 0.06, height: 0.1 }
const close = viewAround(small, 2.4, 0.34)

describe('Sightings', () => {
  it('are denied by the next look of the same kind at the same place', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(wholePicture, [phone(0.8, small)], labels, 0)
    expect(sightings.best('phone')?.score).toBe(0.8)
    sightings.fold(wholePicture, [], labels, 100)
    expect(sightings.best('phone')).toBeUndefined()
  })

  it('outlive a wider look that may well be too far away, but not for long', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(close, [phone(0.8, small)], labels, 0)
    sightings.fold(wholePicture, [], labels, 100)
    expect(sightings.best('phone')?.score).toBe(0.8)
    sightings.fold(wholePicture, [], labels, 10_000)
    expect(sightings.best('phone')).toBeUndefined()
  })

  it('D7 found twice stay until a look that could show them does not: time alone denies nothing', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(close, [phone(0.8, small)], labels, 0)
    sightings.fold(close, [phone(0.8, small)], labels, 100)
    sightings.fold(wholePicture, [], labels, 60_000)
    expect(sightings.best('phone')?.score).toBe(0.8)
    sightings.fold(close, [], labels, 60_100)
    expect(sightings.best('phone')).toBeUndefined()
  })

  it('are not denied by a look at another part', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(close, [phone(0.8, small)], labels, 0)
    sightings.fold({ x: 0, y: 0, width: 0.34, height: 0.34 }, [], labels, 100)
    expect(sightings.best('phone')?.score).toBe(0.8)
  })

  it('keep the surer word when a wider look sees the same thing less well', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(close, [phone(0.8, small)], labels, 0)
    sightings.fold(wholePicture, [phone(0.4, small)], labels, 100)
    expect(sightings.best('phone')).toMatchObject({ score: 0.8, hits: 2 })
  })

  it('of a large phone in a narrow look are denied by the whole picture when it shows no trace of one, and borne out by a faint one', () => {
    const large: Box = { x: 0.4, y: 0.4, width: 0.14, height: 0.17 }
    const part = viewAround(large, 2.4, 0.34)
    const badge = new Sightings(() => 0.5)
    badge.fold(part, [phone(0.92, large)], labels, 0)
    // Not believed before the whole picture was asked, however often the closer look says so.
    badge.fold(part, [phone(0.92, large)], labels, 50)
    expect(badge.best('phone')).toBeUndefined()
    badge.fold(wholePicture, [phone(0.06, large)], labels, 100)
    expect(badge.best('phone')?.score ?? 0).toBeLessThan(0.5)
    const real = new Sightings(() => 0.5)
    real.fold(part, [phone(0.92, large)], labels, 0)
    real.fold(wholePicture, [phone(0.2, large)], labels, 100)
    // A faint trace is no second witness: one more look has to see it.
    expect(real.best('phone')).toMatchObject({ score: 0.92, hits: 1, since: 0 })
    const clear = new Sightings(() => 0.5)
    clear.fold(part, [phone(0.92, large)], labels, 0)
    clear.fold(wholePicture, [phone(0.36, large)], labels, 100)
    expect(clear.best('phone')).toMatchObject({ score: 0.92, hits: 2, since: 0 })
    const traced = new Sightings(() => 0.5)
    traced.fold(wholePicture, [phone(0.2, large)], labels, 0)
    traced.fold(part, [phone(0.92, large)], labels, 100)
    expect(traced.best('phone')).toMatchObject({ score: 0.92 })
    // A tile shows what is around it, too: it is believed by itself.
    const swept = new Sightings(() => 0.5)
    swept.fold({ x: 0.2, y: 0.2, width: 0.6, height: 0.6 }, [phone(0.92, large)], labels, 0)
    expect(swept.best('phone')).toMatchObject({ score: 0.92 })
  })

  it('count the looks after which they count: what was half seen before has still to be confirmed', () => {
    const sightings = new Sightings(() => 0.5)
    sightings.fold(wholePicture, [phone(0.4, small)], labels, 0)
    sightings.fold(close, [phone(0.8, small)], labels, 100)
    expect(sightings.best('phone')).toMatchObject({ hits: 1, since: 100 })
    sightings.fold(close, [phone(0.8, small)], labels, 200)
    expect(sightings.best('phone')).toMatchObject({ hits: 2, since: 100 })
    sightings.fold(close, [phone(0.4, small)], labels, 300)
    expect(sightings.best('phone')).toMatchObject({ hits: 0, since: null })
  })

  it('are looked at closely once, found again or not', () => {
    const thing: Box = { x: 0.4, y: 0.4, width: 0.3, height: 0.3 }
    const narrow: Box = { x: 0.3, y: 0.3, width: 0.45, height: 0.45 }
    const sightings = new Sightings(() => 0.5)
    sightings.fold(narrow, [phone(0.3, thing)], labels, 0)
    sightings.fold(viewAround(thing, 2.4, 0.34), [], labels, 100, true)
    expect(sightings.all).toMatchObject([{ checked: 1, hits: 0 }])
    sightings.fold(viewAround(thing, 2.4, 0.34), [phone(0.2, thing)], labels, 200, true)
    expect(sightings.all).toMatchObject([{ checked: 2, hits: 0, score: 0.3 }])
  })

  it('ignore what a view cuts off at its edge', () => {
    const sightings = new Sightings(() => 0.5)
    const [tile = wholePicture] = tiles
    sightings.fold(tile, [phone(0.9, { x: 0.15, y: 0.6, width: 0.08, height: 0.1 })], labels, 0)
    expect(sightings.best('phone')).toBeUndefined()
  })

  it('hold only what looks found, surest first, each inside the picture', () => {
    const share = fc.double({ min: -0.2, max: 1.2, noNaN: true })
    const size = fc.double({ min: 0.01, max: 0.8, noNaN: true })
    const found = fc.array(
      fc.record({
        label: fc.constant('phone'),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
        box: fc.record({ x: share, y: share, width: size, height: size })
      }),
      { maxLength: 8 }
    )
    fc.assert(
      fc.property(fc.array(found, { maxLength: 8 }), (looks) => {
        const sightings = new Sightings(() => 0.5)
        looks.forEach((look, at) => sightings.fold(wholePicture, look, labels, at * 100))
        const scores = sightings.all.map(({ score }) => score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        const seen = new Set(looks.flat().map(({ score }) => score))
        for (const { score, box } of sightings.all) {
          expect(seen.has(score)).toBe(true)
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(1 + 1e-9)
        }
        if ((looks.at(-1) ?? []).length === 0) expect(sightings.all).toEqual([])
      })
    )
  })
})
