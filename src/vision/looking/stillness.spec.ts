import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box, Detection } from '../detector'
import type { Cells } from './novelty'
import { Stillness, stillMs } from './stillness'

const width = 80
const height = 60
/** Half as often as the sensor reads frames: fewer chances to see a motion. */
const frameMs = 200

/** Even numbers between 0 and 1, the same for the same seed. */
const evenly = (seed: number): (() => number) => {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x100000000
  }
}

/** Fields of normal noise of size one; frames take them in turn, each time from another cell on. */
const hiss: readonly Float32Array[] = Array.from({ length: 41 }, (_, field) => {
  const next = evenly(field + 1)
  // The sum of four even numbers is near enough to normal; its spread is the root of a third.
  return Float32Array.from(
    { length: width * height },
    () => (next() + next() + next() + next() - 2) * Math.sqrt(3)
  )
})

// Math.hypot is many times slower.
const far = (across: number, down: number): number => Math.sqrt(across * across + down * down)

/** A head over shoulders with eyes and hair, smooth at the edges as a camera's cells are. Sizes in cells. */
const figure = (x: number, y: number, centre: number, top: number, size: number): number => {
  const within = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance))
  const head = within(far((x - centre) / 0.8, y - (top + size)) - size)
  const hair = within(far((x - centre) / 0.8, y - (top + size * 0.75)) - size * 0.85)
  const shoulders = within(
    Math.max(
      Math.abs(x - centre) - size * (1.2 + Math.min(1, Math.max(0, y - top - size * 2) / size)),
      top + size * 2 - y
    )
  )
  const eyes =
    within(far(x - centre + size * 0.3, y - top - size) - 0.6) +
    within(far(x - centre - size * 0.3, y - top - size) - 0.6)
  return shoulders * -45 + head * 70 - hair * 30 - eyes * 60
}

interface Scene {
  /** What stands at a cell beside the room, at an instant. */
  readonly draw: (x: number, y: number, now: number) => number
  readonly noise?: number
  /** What light does to everything: a factor and an amount. */
  readonly light?: (now: number) => readonly [number, number]
}

const frameOf = ({ draw, noise = 0.6, light = () => [1, 0] }: Scene, now: number): Cells => {
  const values = new Float32Array(width * height)
  const turn = Math.round(now / frameMs)
  const field = hiss[turn % hiss.length] ?? new Float32Array(0)
  const [gain, amount] = light(now)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      values[y * width + x] =
        gain * (100 + x / 2 + draw(x, y, now)) +
        amount +
        noise * (field[(y * width + x + turn * 131) % field.length] ?? 0)
  return { width, height, values }
}

const person = (box: Box, score = 0.8): Detection => ({ label: 'person', score, box })
const advocate = person({ x: 0.1, y: 0.2, width: 0.4, height: 0.8 }, 0.9)
const beside = person({ x: 0.65, y: 0.2, width: 0.22, height: 0.42 })

/** The advocate at work: leans and nods all the time. */
const working = (x: number, y: number, now: number): number =>
  x > 48 ? 0 : figure(x, y, 24 + 1.5 * Math.sin(now / 700), 16 + Math.sin(now / 1100), 10)
/** Who or what is beside: the same figure, smaller, shifted by so many cells. */
const other = (x: number, y: number, right = 0, down = 0): number =>
  x < 44 ? 0 : figure(x, y, 60 + right, 14 + down, 5)

/** Seconds at which the one beside counted, of a scene that is looked at wholly every 400 ms. */
const counting = (
  scene: Scene,
  forMs: number,
  people: (now: number) => readonly Detection[] = () => [advocate, beside]
): readonly number[] => {
  const stillness = new Stillness()
  const counted: number[] = []
  let newest: readonly Detection[] = []
  for (let now = 0; now <= forMs; now += frameMs) {
    stillness.see(frameOf(scene, now), now)
    if (now % 400 === 0) {
      newest = people(now)
      stillness.fold(newest)
    }
    const pictures = stillness.picturesAmong(newest)
    // Whatever happens, the one at the desk counts.
    expect(pictures.has(newest[0] as Detection)).toBe(false)
    if (newest.length > pictures.size + 1) counted.push(now)
  }
  return counted
}
const every = (forMs: number): number => forMs / frameMs + 1

describe('a poster beside somebody who works', () => {
  const poster: Scene = { draw: (x, y, now) => working(x, y, now) + other(x, y) }

  it('counts as a person for fifteen seconds, and no longer', () => {
    const counted = counting(poster, 40_000)
    expect(counted.at(-1)).toBeLessThanOrEqual(stillMs + 2_000)
    expect(counted.at(-1)).toBeGreaterThanOrEqual(stillMs - frameMs)
  })

  it('is a picture also where it is larger than who works, once the policy says where they sit', () => {
    const [small, large] = [person({ ...advocate.box, width: 0.1 }), beside]
    const stillness = new Stillness()
    const scene: Scene = { draw: (x, y, now) => working(x, y, now) + other(x, y) }
    for (let now = 0; now <= 20_000; now += frameMs) {
      stillness.see(frameOf(scene, now), now)
      if (now % 400 === 0) stillness.fold([small, large])
    }
    expect([...stillness.picturesAmong([small, large])]).toEqual([])
    expect([...stillness.picturesAmong([small, large], [small])]).toEqual([large])
    expect([...stillness.picturesAmong([large], [])]).toEqual([large])
  })

  it('stays a picture in any camera noise that lets it be told, under light that changes, and when it is found askew', () => {
    for (const noise of [0, 0.3, 0.6, 0.9]) {
      const scene: Scene = {
        ...poster,
        noise,
        light: (now) => [1 + 0.15 * Math.sin(now / 9_000), 6 * Math.sin(now / 5_000)]
      }
      const found = (now: number): readonly Detection[] => {
        const next = evenly(now + 7)
        const off = (): number => (next() - 0.5) * 0.03
        const { x, y, width: wide, height: high } = beside.box
        return [advocate, person({ x: x + off(), y: y + off(), width: wide + off(), height: high + off() })]
      }
      const counted = counting(scene, 60_000, found).filter((at) => at > 25_000)
      expect(counted, `noise ${noise}`).toEqual([])
    }
  })

  it('stays a picture when who works leaves, and counts once it moves', () => {
    const stillness = new Stillness()
    const leaves = 20_000
    const scene: Scene = {
      draw: (x, y, now) => (now < leaves ? working(x, y, now) : 0) + other(x, y, now >= 30_000 ? 2 : 0)
    }
    const pictures = (until: number, from: number, people: readonly Detection[]): number => {
      for (let now = from; now < until; now += frameMs) {
        stillness.see(frameOf(scene, now), now)
        if (now % 400 === 0) stillness.fold(people)
        if (now % 400 === 0) stillness.picturesAmong(people)
      }
      return stillness.picturesAmong(people).size
    }
    expect(pictures(leaves, 0, [advocate, beside])).toBe(1)
    expect(pictures(30_000, leaves, [beside])).toBe(1)
    expect(pictures(31_000, 30_000, [beside])).toBe(0)
  })

  it('is remembered while a look overlooks it', () => {
    const found = (now: number) => (now % 20_000 < 12_000 ? [advocate, beside] : [advocate])
    expect(counting(poster, 60_000, found).filter((at) => at > stillMs + 2_000)).toEqual([])
  })

  it('counts at once when it is carried, and when somebody steps in front of it', () => {
    const from = 30_000
    const carried: Scene = {
      draw: (x, y, now) => working(x, y, now) + other(x, y, now < from ? 0 : (now - from) / 500)
    }
    const hidden: Scene = {
      draw: (x, y, now) =>
        working(x, y, now) + (now < from ? other(x, y) : figure(x, y, 62 - (now - from) / 2_000, 12, 6))
    }
    for (const scene of [carried, hidden]) {
      const counted = counting(scene, from + 10_000).filter((at) => at > 20_000)
      expect(counted[0]).toBeLessThanOrEqual(from + 600)
      expect(counted).toHaveLength((from + 10_000 - (counted[0] ?? 0)) / frameMs + 1)
    }
  })
})

describe('somebody who sits still beside', () => {
  it('always counts, though they do nothing but breathe', () => {
    fc.assert(
      fc.property(
        // Half a pixel of 640 to two pixels, each way.
        fc.double({ min: 0.06, max: 0.25, noNaN: true }),
        fc.integer({ min: 2_500, max: 7_000 }),
        fc.double({ min: 0.2, max: 0.6, noNaN: true }),
        (cells, breathMs, noise) => {
          const scene: Scene = {
            noise,
            draw: (x, y, now) =>
              working(x, y, now) + other(x, y, 0, cells * Math.sin((2 * Math.PI * now) / breathMs))
          }
          expect(counting(scene, 40_000)).toHaveLength(every(40_000))
        }
      ),
      { numRuns: 6 }
    )
  })

  it('always counts, though they only turn their head once in ten seconds', () => {
    const scene: Scene = {
      draw: (x, y, now) => working(x, y, now) + other(x, y, now % 10_000 < 600 ? 0.4 : 0)
    }
    expect(counting(scene, 60_000)).toHaveLength(every(60_000))
  })
})

describe('what cannot be told', () => {
  const still: Scene = { draw: (x, y, now) => working(x, y, now) + other(x, y) }

  it('counts: a camera too noisy, a place too dark, too bright or too small, a frame that repeats', () => {
    const dark: Scene = { draw: (x, y, now) => (x > 45 ? -100 - x / 2 : working(x, y, now)), noise: 0.4 }
    expect(counting({ ...still, noise: 1.5 }, 40_000)).toHaveLength(every(40_000))
    expect(counting(dark, 40_000)).toHaveLength(every(40_000))
    expect(counting({ ...dark, light: () => [1, 300] }, 40_000)).toHaveLength(every(40_000))
    const speck = person({ x: 0.7, y: 0.3, width: 0.02, height: 0.03 })
    expect(counting(still, 40_000, () => [advocate, speck])).toHaveLength(every(40_000))
    const frozen: Scene = { draw: (x, y) => working(x, y, 0) + other(x, y), noise: 0 }
    expect(counting(frozen, 40_000)).toHaveLength(every(40_000))
  })

  it('counts after a gap between frames, after a change of size, and after everything was forgotten', () => {
    for (const disturb of [
      (stillness: Stillness, now: number) => stillness.see(frameOf(still, now + 60_000), now + 60_000),
      (stillness: Stillness, now: number) =>
        stillness.see({ width: 4, height: 4, values: new Float32Array(16) }, now),
      (stillness: Stillness) => stillness.clear()
    ]) {
      const stillness = new Stillness()
      let now = 0
      for (; now < 30_000; now += frameMs) {
        stillness.see(frameOf(still, now), now)
        if (now % 400 === 0) stillness.fold([advocate, beside])
      }
      expect(stillness.picturesAmong([advocate, beside]).size).toBe(1)
      disturb(stillness, now)
      stillness.fold([advocate, beside])
      expect(stillness.picturesAmong([advocate, beside]).size).toBe(0)
    }
  })

  it('never leaves nobody: the largest counts, and one alone always does', () => {
    const box = fc.record({
      x: fc.double({ min: -0.2, max: 0.9, noNaN: true }),
      y: fc.double({ min: -0.2, max: 0.9, noNaN: true }),
      width: fc.double({ min: 0.02, max: 1, noNaN: true }),
      height: fc.double({ min: 0.02, max: 1, noNaN: true })
    })
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 6 }), (boxes) => {
        const people = boxes.map((one) => person(one))
        const stillness = new Stillness()
        const room: Scene = { draw: (x, y) => 30 * Math.sin(x / 3) * Math.cos(y / 2) }
        let now = 0
        for (; now < 20_000; now += 500) {
          stillness.see(frameOf(room, now), now)
          stillness.fold(people)
        }
        const pictures = stillness.picturesAmong(people)
        expect(pictures.size).toBeLessThan(people.length)
        for (const picture of pictures) expect(people).toContain(picture)
      }),
      { numRuns: 20 }
    )
  })
})
