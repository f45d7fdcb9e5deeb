import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cameraTruthSchema, type CameraTruth } from '../../core/observation/camera-truth'
import { random } from '../../../scripts/scene/random'
import type { Pixels } from '../detector'
import { createCameraTruth } from './camera-truth'
import type { FrameFacts, TrackFacts } from './facts'
import { createGlimpser } from './glimpse'

/** Small pictures, so that the tests are quick: the limits are as small. */
const limits = { minWidth: 160, minHeight: 120, minFps: 7 }
const track: TrackFacts = { marks: [], recording: false, replaced: false, deliveredFps: 30 }

/** A picture of patches that no two seeds share, with grain that no two frames share. */
const picture = (width: number, height: number, seed: number, frame: number): Pixels => {
  const chance = random(seed)
  const patches = Array.from({ length: 300 }, () => chance.between(20, 230))
  const grain = random(seed * 1000 + frame + 1)
  const words = new Uint32Array(width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const patch = Math.floor((y * 15) / height) * 20 + Math.floor((x * 20) / width)
      const light = Math.round((patches[patch] ?? 0) + 6 * (grain.next() - 0.5))
      words[y * width + x] = light | (light << 8) | (light << 16)
    }
  return { width, height, data: new Uint8Array(words.buffer) }
}
const even = (width: number, height: number, light: number): Pixels => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(light)
})

const watcher = (facts: Partial<FrameFacts> = {}) => {
  const glimpse = createGlimpser()
  const teller = createCameraTruth()
  return (pixels: Pixels | null, now: number, more: Partial<FrameFacts> = {}): CameraTruth =>
    cameraTruthSchema.parse(
      teller.see(glimpse(pixels), {
        capturedAt: now,
        stampMs: now,
        awaited: true,
        limits,
        track,
        people: 1,
        person: null,
        ...facts,
        ...more
      })
    )
}

describe('createCameraTruth, given garbage', () => {
  it.each<[string, Pixels | null]>([
    ['no picture', null],
    ['0 x 0', { width: 0, height: 0, data: new Uint8Array(0) }],
    ['0 rows', { width: 640, height: 0, data: new Uint8Array(0) }],
    ['too few bytes', { width: 640, height: 480, data: new Uint8Array(100) }],
    ['no number', { width: Number.NaN, height: Number.NaN, data: new Uint8Array(16) }]
  ])('D5 calls a camera that delivers %s weak within 2 s, and nothing about it clear', (_, pixels) => {
    const see = watcher()
    let truth = see(pixels, 0)
    for (let now = 100; now <= 2000; now += 100) {
      truth = see(pixels, now)
      for (const id of ['covered', 'dark', 'blurred', 'frozen', 'looped', 'photo', 'moved'] as const)
        expect(truth[id].state).toBe('unknown')
    }
    expect(truth.weak).toMatchObject({ state: 'holds', score: 1 })
  })

  it('D5 calls a camera weak that gives one frame a second, and one that gives thirty not', () => {
    const slow = watcher({ track: { ...track, deliveredFps: null } })
    let truth = slow(picture(160, 120, 1, 0), 0)
    for (let frame = 1; frame <= 4; frame += 1) truth = slow(picture(160, 120, 1, frame), frame * 1000)
    expect(truth.weak.state).toBe('holds')
    const quick = watcher({ track: { ...track, deliveredFps: null } })
    for (let frame = 0; frame <= 40; frame += 1) truth = quick(picture(160, 120, 1, frame), frame * 33)
    expect(truth.weak).toEqual({ state: 'clear' })
  })

  it('D5 does not blame the camera for a reader that is slow itself', () => {
    const see = watcher({ track: { ...track, deliveredFps: null }, awaited: false })
    let truth = see(picture(160, 120, 1, 0), 0)
    for (let frame = 1; frame <= 12; frame += 1) truth = see(picture(160, 120, 1, frame), frame * 500)
    expect(truth.weak).toEqual({ state: 'unknown' })
  })

  it('D5 calls pictures below the policy’s size weak, and the policy’s own size not', () => {
    const see = watcher()
    see(picture(159, 120, 1, 0), 0)
    expect(see(picture(159, 120, 1, 1), 1100).weak.state).toBe('holds')
    expect(see(picture(160, 120, 1, 2), 1200).weak.state).toBe('clear')
  })

  it('D5 calls a camera weak whose size keeps changing, and gives a plain answer to a single change', () => {
    const see = watcher()
    const sizes = [
      [160, 120],
      [320, 180],
      [200, 150]
    ] as const
    let truth = see(picture(160, 120, 1, 0), 0)
    for (let frame = 1; frame <= 30; frame += 1) {
      const [width, height] = sizes[frame % 3] ?? [160, 120]
      truth = see(picture(width, height, 1, frame), frame * 100)
    }
    expect(truth.weak).toMatchObject({ state: 'holds', score: 1 })
    const once = watcher()
    for (let frame = 0; frame <= 30; frame += 1) {
      const width = frame < 15 ? 160 : 320
      truth = once(picture(width, width * 0.75, 1, frame), frame * 100)
      for (const [id, entry] of Object.entries(truth)) expect([id, entry.state]).not.toContain('holds')
    }
  })

  it('answers by its schema whatever comes, in whatever order, and never throws', () => {
    const frame = fc.oneof(
      fc.constant(null),
      fc.constantFrom(even(64, 48, 0), even(64, 48, 255), even(1, 1, 9), even(7, 500, 80)),
      fc
        .tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), fc.nat(5))
        .map(([width, height, seed]) => picture(width, height, seed, seed))
    )
    const step = fc.record({
      pixels: frame,
      ms: fc.double({ min: 0, max: 5000, noNaN: true }),
      people: fc.option(fc.nat(4)),
      awaited: fc.boolean(),
      deliveredFps: fc.option(fc.double({ min: 0, max: 120, noNaN: true })),
      known: fc.boolean()
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const see = watcher()
        let now = 0
        for (const { pixels, ms, people, awaited, deliveredFps, known } of steps)
          see(pixels, (now += ms), { people, awaited, track: known ? { ...track, deliveredFps } : null })
      }),
      { numRuns: 40 }
    )
  })
})

describe('createCameraTruth', () => {
  it('D5 counts from the first frame of the evidence, and a frame that tells nothing ends none', () => {
    const see = watcher()
    see(even(160, 120, 3), 1000)
    expect(see(even(160, 120, 3), 1400).covered.state).toBe('unknown')
    expect(see(null, 1500).covered.state).toBe('unknown')
    expect(see(even(160, 120, 3), 1700).covered).toMatchObject({ state: 'holds', forMs: 700 })
    expect(see(picture(160, 120, 1, 1), 1800).covered).toEqual({ state: 'clear' })
    expect(see(even(160, 120, 3), 1900).covered.state).toBe('unknown')
  })

  it('claims nothing about focus, motion or place behind a covered lens', () => {
    const see = watcher()
    see(even(160, 120, 3), 0)
    const truth = see(even(160, 120, 3), 1000)
    for (const id of ['dark', 'blurred', 'frozen', 'looped', 'photo', 'moved'] as const)
      expect(truth[id]).toEqual({ state: 'unknown' })
  })

  it('does not judge a camera that the page has not asked yet', () => {
    expect(watcher({ track: null })(picture(160, 120, 1, 1), 0).virtual).toEqual({ state: 'unknown' })
  })

  it('D5 says nothing about a photograph while nobody was counted', () => {
    const see = watcher({ people: null })
    for (let frame = 0; frame <= 200; frame += 1)
      expect(see(picture(64, 48, 1, frame), frame * 100).photo.state).toBe('unknown')
  })
})
