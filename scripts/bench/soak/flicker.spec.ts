import { describe, expect, it } from 'vitest'
import type { Box, Detections, Detector } from '../../../src/vision/detector'
import { tiles } from '../../../src/vision/looking/view'
import { isWhole, wholePicture } from '../../../src/vision/pixels/resize'
import { flickerLabels, withFlickers } from './flicker'

const pixels = { width: 1, height: 1, data: new Uint8Array(4) }
const quiet: Detections = { found: [], best: { person: 0.1, phone: 0.1, book: 0.1 } }
const blind: Detector = {
  id: 'blind@0',
  load: () => Promise.resolve(),
  verify: () => Promise.resolve(0),
  dispose: () => undefined,
  detect: () => Promise.resolve(quiet)
}

/** Looks in turn at the whole picture and at a tile. */
const looked = async (seed: number, count: number) => {
  const { detector, counts } = withFlickers(blind, seed)
  const looks: { readonly view: Box; readonly seen: Detections }[] = []
  for (let look = 0; look < count; look += 1) {
    const view = look % 2 === 0 ? wholePicture : (tiles[look % tiles.length] ?? wholePicture)
    looks.push({ view, seen: await detector.detect(pixels, view) })
  }
  return { looks, counts }
}

describe('withFlickers', () => {
  it('sees every kind of false thing surely, in single looks that stand apart, inside what was looked at', async () => {
    const { looks, counts } = await looked(3, 2_000)
    const at = looks.flatMap(({ seen }, index) => (seen.found.length > 0 ? [index] : []))
    expect(at.length).toBe(counts.phone + counts.book + counts.person)
    for (const label of flickerLabels) expect(counts[label]).toBeGreaterThan(10)
    for (const [index, look] of at.entries())
      if (index > 0) expect(look - (at[index - 1] ?? 0)).toBeGreaterThan(3)
    for (const { view, seen } of looks)
      for (const { label, score, box } of seen.found) {
        expect(score).toBe(0.95)
        expect(seen.best[label]).toBe(0.95)
        if (label === 'person') expect(isWhole(view)).toBe(true)
        expect(box.x).toBeGreaterThanOrEqual(view.x)
        expect(box.x + box.width).toBeLessThanOrEqual(view.x + view.width)
      }
  })

  it('flickers at the same looks for the same seed', async () => {
    expect((await looked(5, 200)).looks).toEqual((await looked(5, 200)).looks)
    expect((await looked(5, 200)).looks).not.toEqual((await looked(6, 200)).looks)
  })
})
