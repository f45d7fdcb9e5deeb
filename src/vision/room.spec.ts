import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Room } from '../core/policy/room'
import type { Observation, People } from '../core/observation/observation'
import type { Box, Detection, Pixels } from './detector'
import { createWatcher } from './watch'

const mirror: Box = { x: 0, y: 0, width: 0.25, height: 0.5 }
const seat: Box = { x: 0.3, y: 0.1, width: 0.6, height: 0.9 }
const person = (box: Box, score = 0.8): Detection => ({ label: 'person', score, box })
const advocate = person({ x: 0.4, y: 0.2, width: 0.4, height: 0.8 }, 0.9)
const reflection = person({ x: 0.05, y: 0.05, width: 0.15, height: 0.4 })
const grey: Pixels = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 4).fill(120) }

const isWithin = (box: Box, zones: readonly Box[]): boolean =>
  zones.some((zone) => {
    const width = Math.min(box.x + box.width, zone.x + zone.width) - Math.max(box.x, zone.x)
    const height = Math.min(box.y + box.height, zone.y + zone.height) - Math.max(box.y, zone.y)
    const [shared, area] = [Math.max(0, width) * Math.max(0, height), box.width * box.height]
    return area > 0 && shared >= area * 0.9
  })

const labels = ['person', 'phone', 'book', 'laptop'] as const

/** What one look at the whole picture makes of what is found there. */
const observed = async (found: readonly Detection[], room: Room, steady = true): Promise<Observation> => {
  const score = (label: string): number =>
    Math.max(0, ...found.filter((one) => one.label === label).map((one) => one.score))
  const best = Object.fromEntries(labels.map((label) => [label, score(label)]))
  let now = 1000
  const watcher = createWatcher({
    detector: {
      id: 'test@1#000000000000',
      load: () => Promise.resolve(),
      detect: () => Promise.resolve({ found: [...found].sort((a, b) => b.score - a.score), best }),
      verify: () => Promise.resolve(0),
      dispose: () => undefined
    },
    backend: 'wasm',
    thresholds: { phone: 0.5, book: 0.5, person: 0.35, screen: 0.5 },
    room,
    clock: () => (now += 10)
  })
  return (await watcher.observe({ seq: 1, capturedAt: 1000, pixels: grey, steady })).observation
}
const peopleIn = async (...given: Parameters<typeof observed>): Promise<People> =>
  (await observed(...given)).people

describe('a zone that is not looked at', () => {
  it('counts nobody who lies wholly within it, moving or not', async () => {
    expect(await peopleIn([advocate, reflection], { ignore: [mirror] })).toEqual({
      state: 'counted',
      count: 1,
      scores: [0.9]
    })
    expect(await peopleIn([advocate, reflection], {})).toMatchObject({ count: 2 })
  })

  it('counts who steps out of it, or before it', async () => {
    const before = person({ x: 0.05, y: 0.05, width: 0.24, height: 0.8 })
    expect(await peopleIn([advocate, before], { ignore: [mirror] })).toMatchObject({ count: 2 })
  })

  it('never shows somebody where nobody is: a reflection alone is nobody', async () => {
    expect(await peopleIn([reflection], { ignore: [mirror] })).toEqual({
      state: 'counted',
      count: 0,
      scores: []
    })
  })

  it('counts everybody while the camera is not known to stand as it did', async () => {
    expect(await peopleIn([advocate, reflection], { ignore: [mirror] }, false)).toMatchObject({ count: 2 })
  })

  it('counts who stands before it also where their reflection is surer than they are', async () => {
    const [head, body] = [
      person({ x: 0.05, y: 0.05, width: 0.15, height: 0.4 }, 0.85),
      person({ x: 0.04, y: 0.04, width: 0.2, height: 0.95 }, 0.6)
    ]
    expect(await peopleIn([advocate, head, body], { ignore: [mirror] })).toMatchObject({ count: 2 })
  })
})

describe('a seat', () => {
  it('tells who may be the one who works from somebody elsewhere in view', async () => {
    expect(await peopleIn([advocate, reflection], { seat })).toEqual({
      state: 'counted',
      count: 2,
      scores: [0.9, 0.8],
      atSeat: 0.9
    })
    expect(await peopleIn([reflection], { seat })).toEqual({
      state: 'counted',
      count: 1,
      scores: [0.8],
      atSeat: 0
    })
  })
})

describe('a visitor beside an empty seat', () => {
  it('is not taken for who works because an arm reaches into it', async () => {
    const body = person({ x: 0.05, y: 0.1, width: 0.35, height: 0.9 }, 0.6)
    const arm = person({ x: 0.27, y: 0.4, width: 0.12, height: 0.2 }, 0.7)
    expect(await peopleIn([body, arm], { seat })).toMatchObject({ count: 1, atSeat: 0 })
  })
})

describe('whatever is drawn of a room', () => {
  const side = fc.double({ min: 0, max: 0.5, noNaN: true })
  const box = fc.record({ x: side, y: side, width: side, height: side })
  const score = fc.double({ min: 0, max: 1, noNaN: true })
  const found = fc.array(fc.record({ label: fc.constantFrom(...labels), score, box }), { maxLength: 12 })
  const room: fc.Arbitrary<Room> = fc.record({ seat: box, ignore: fc.array(box, { maxLength: 4 }) })

  it('phones, books and screens are answered alike, and people as if the ignored were not there', async () => {
    await fc.assert(
      fc.asyncProperty(found, room, async (seen, drawn) => {
        const [plain, zoned] = [await observed(seen, {}), await observed(seen, drawn)]
        for (const question of ['phone', 'book', 'screen'] as const)
          expect(zoned[question]).toEqual(plain[question])
        if (plain.people.state !== 'counted' || zoned.people.state !== 'counted')
          throw new Error('not counted')
        // Who is ignored takes nobody's place: each counts, or somebody whom they would have stood for does.
        const ignored = seen.filter(
          ({ label, box: at }) => label === 'person' && isWithin(at, drawn.ignore ?? [])
        )
        const rest = await observed(
          seen.filter((one) => !ignored.includes(one)),
          {}
        )
        expect(zoned.people.count).toBe(rest.people.state === 'counted' ? rest.people.count : -1)
        expect(zoned.people.atSeat).toBeLessThanOrEqual(Math.max(0, ...zoned.people.scores))
        expect(JSON.stringify(zoned)).not.toContain('width":0.')
      })
    )
  })
})
