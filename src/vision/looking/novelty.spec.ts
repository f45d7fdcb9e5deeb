import { describe, expect, it } from 'vitest'
import { NoveltyFinder, type Cells } from './novelty'

const width = 80
const height = 60

/** A room with a gradient, noise of one grey level from a fixed sequence, and what `draw` adds. */
const room = (frame: number, draw: (x: number, y: number) => number = () => 0): Cells => {
  const values = new Float32Array(width * height)
  let noise = frame * 7919 + 1
  for (let at = 0; at < values.length; at += 1) {
    noise = (noise * 1103515245 + 12345) & 0x7fffffff
    const x = at % width
    const y = Math.floor(at / width)
    values[at] = 90 + x + draw(x, y) + ((noise >> 16) % 3) - 1
  }
  return { width, height, values }
}

const settled = (frames: number, draw?: (frame: number) => (x: number, y: number) => number) => {
  const finder = new NoveltyFinder()
  for (let frame = 0; frame < frames; frame += 1) finder.see(room(frame, draw?.(frame)), frame * 100)
  return finder
}

describe('NoveltyFinder', () => {
  it('takes the first frame, and one of another size, for wholly new', () => {
    const finder = new NoveltyFinder()
    expect(finder.see(room(0), 0)).toEqual([{ box: { x: 0, y: 0, width: 1, height: 1 }, amount: Infinity }])
    expect(finder.see({ width: 4, height: 4, values: new Float32Array(16) }, 100)).toHaveLength(1)
  })

  it('says nothing of a still room with a camera that makes noise', () => {
    expect(settled(30).see(room(30), 3000)).toEqual([])
  })

  it('finds the place where something small appears', () => {
    const there = (x: number, y: number) => (x >= 48 && x < 56 && y >= 36 && y < 48 ? -70 : 0)
    const [found] = settled(30).see(room(30, there), 3000)
    expect(found).toBeDefined()
    expect(found?.box.x).toBeCloseTo(0.6, 1)
    expect(found?.box.y).toBeCloseTo(0.6, 1)
    expect(found?.box.width).toBeLessThan(0.2)
  })

  it('is not moved by a lamp that is switched on', () => {
    const brighter = () => 40
    expect(settled(30).see(room(30, brighter), 3000)).toEqual([])
  })

  it('gets used to what stays, and to what keeps moving', () => {
    const there = () => (x: number, y: number) => (x >= 48 && x < 56 && y >= 36 && y < 48 ? -70 : 0)
    expect(settled(300, there).see(room(300, there()), 30_000)).toEqual([])
    const swaying = (frame: number) => (x: number) =>
      Math.abs(x - 30 - 3 * Math.sin(frame / 3)) < 6 ? 50 : 0
    expect(settled(300, swaying).see(room(300, swaying(300)), 30_000)).toEqual([])
  })

  it('tells two new things in two places apart, the larger first', () => {
    const both = (x: number, y: number) =>
      (x < 8 && y < 8 ? 60 : 0) + (x >= 60 && x < 76 && y >= 40 && y < 56 ? 60 : 0)
    const found = settled(30).see(room(30, both), 3000)
    expect(found).toHaveLength(2)
    expect(found[0]?.box.x).toBeGreaterThan(0.7)
  })
})
