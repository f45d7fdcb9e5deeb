import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pace } from '../../core/observation/pace'
import { coarse } from '../camera-truth/glimpse'
import type { Detections, Detector } from '../detector'
import { createWatcher, type Spending } from '../watch'
import { effortAt, shareAt } from './effort'
import { gapMs, wholeEveryMs, type PlannedLook } from './plan'

const paces: readonly Pace[] = ['full', 'saving', 'least']
const nothing: Detections = { found: [], best: { person: 0, phone: 0, book: 0, laptop: 0, tv: 0 } }
const pixels = { width: 8, height: 6, data: new Uint8Array(8 * 6 * 4).fill(120) }
const frameMs = 100

/** Something of a phone's size that stands at one of a hundred places; null: a still room. */
type Scene = (now: number) => number | null

const cellsOf = (place: number | null): Float32Array => {
  const cells = new Float32Array(coarse.width * coarse.height).fill(120)
  if (place === null) return cells
  const left = (place % 10) * 8
  const top = Math.floor(place / 10) * 6
  for (let y = top; y < top + 6; y += 1)
    for (let x = left; x < left + 8; x += 1) cells[y * coarse.width + x] = 220
  return cells
}

interface Seen extends PlannedLook {
  readonly at: number
}

/** What is looked at while frames come ten times a second and each look takes `lookMs`. */
const watched = async (spending: Spending, lookMs: number, scene: Scene, forMs: number) => {
  let now = 0
  const detector: Detector = {
    id: 'test@1#000000000000',
    load: () => Promise.resolve(),
    detect: () => {
      now += lookMs
      return Promise.resolve(nothing)
    },
    verify: () => Promise.resolve(0),
    dispose: () => undefined
  }
  const thresholds = { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 }
  const watcher = createWatcher({ detector, backend: 'wasm', thresholds, clock: () => now }, spending)
  const looks: Seen[] = []
  for (let seq = 0; now < forMs; seq += 1) {
    const at = now
    const cells = cellsOf(scene(at))
    const { look } = await watcher.observe({ seq, capturedAt: at, pixels, cells })
    if (look) looks.push({ ...look, at })
    now = Math.max(now, at + frameMs)
  }
  return looks
}

const gapsOf = (looks: readonly Seen[]): readonly number[] =>
  looks.slice(1).map(({ at }, index) => at - (looks[index]?.at ?? 0))
const share = (looks: readonly Seen[], lookMs: number, forMs: number): number =>
  (looks.length * lookMs) / forMs

const restless: Scene = (now) => Math.floor(now / 300) % 97
const still: Scene = () => null

describe('the share of a core at a pace', () => {
  it('is never above the policy’s, never below what the promised looks need within it, and falls with the pace', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (coreShare, lookMs) => {
          const [full = 0, saving = 0, least = 0] = paces.map((pace) =>
            shareAt(pace, coreShare, lookMs, wholeEveryMs.moving)
          )
          expect(full).toBe(coreShare)
          expect(saving).toBeLessThanOrEqual(full)
          expect(least).toBeLessThanOrEqual(saving)
          expect(least).toBeGreaterThanOrEqual(Math.min(coreShare, lookMs / wholeEveryMs.moving))
        }
      )
    )
  })

  it('shrinks only after sweeps have become rarer', () => {
    expect(effortAt.saving.sweepEveryMs).toBeGreaterThan(effortAt.full.sweepEveryMs)
    expect(effortAt.saving.working).toBe(effortAt.full.working)
    expect(effortAt.least.sweepEveryMs).toBeGreaterThan(effortAt.saving.sweepEveryMs)
    expect(effortAt.least.working).toBeLessThan(effortAt.saving.working)
  })
})

describe.each(paces)('at the pace %s', (pace) => {
  const spending = { share: 0.5, savedMs: 900, pace }

  it('a look never comes later than the longest gap, and the whole picture comes in its turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 140 }),
        fc.array(fc.option(fc.nat({ max: 99 })), { minLength: 1, maxLength: 40 }),
        async (lookMs, places) => {
          const looks = await watched(
            spending,
            lookMs,
            (now) => places[Math.floor(now / 400) % places.length] ?? null,
            12_000
          )
          // Frames lie a tenth of a second apart, and a look holds the next one up.
          const late = frameMs + lookMs
          expect(Math.max(...gapsOf(looks))).toBeLessThanOrEqual(gapMs.settled.longest + late)
          const wholes = looks.filter(({ reason }) => reason === 'whole')
          expect(Math.max(...gapsOf(wholes))).toBeLessThanOrEqual(2 * gapMs.settled.idle + late)
        }
      ),
      { numRuns: 8 }
    )
  })

  it('what appears in a still room is looked at a quarter of a second after the look before, whatever was spent', async () => {
    const appears = 15_000
    const looks = await watched(spending, 90, (now) => (now < appears ? null : 45), 16_000)
    const first = looks.find(({ at }) => at >= appears)
    expect(first?.at).toBeLessThanOrEqual(appears + 250 + frameMs)
    expect(['novelty', 'whole']).toContain(first?.reason)
  })

  it('stays within the policy’s share while everything moves', async () => {
    for (const coreShare of [0.2, 0.35, 0.5]) {
      const looks = await watched({ ...spending, share: coreShare }, 60, restless, 30_000)
      // The start lives on savings.
      expect(share(looks, 60, 30_000)).toBeLessThanOrEqual(coreShare + (900 + 60) / 30_000)
    }
  })
})

describe('a slower pace', () => {
  it('looks less while everything moves, and sweeps a still room more rarely', async () => {
    const counts = []
    for (const pace of paces) {
      const spending = { share: 0.5, savedMs: 900, pace }
      const busy = await watched(spending, 110, restless, 30_000)
      const quiet = await watched(spending, 110, still, 30_000)
      counts.push([busy.length, quiet.filter(({ reason }) => reason === 'sweep').length] as const)
    }
    const [full, saving, least] = counts
    expect(saving?.[0]).toBeLessThanOrEqual(full?.[0] ?? 0)
    expect(least?.[0]).toBeLessThan(saving?.[0] ?? 0)
    expect(saving?.[1]).toBeLessThan(full?.[1] ?? 0)
    expect(least?.[1]).toBeLessThan(saving?.[1] ?? 0)
  })
})
