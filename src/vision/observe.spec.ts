import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { observationSchema } from '../core/observation/observation'
import type { Detection, Detections, Detector, Pixels } from './detector'
import { observe, type Frame, type Look } from './observe'

const labels = ['person', 'cell phone', 'book', 'laptop'] as const
const share = fc.double({ min: 0, max: 1, noNaN: true })
const detection: fc.Arbitrary<Detection> = fc.record({
  label: fc.constantFrom(...labels),
  score: share,
  box: fc.record({
    x: fc.double({ min: -0.3, max: 1.2, noNaN: true }),
    y: fc.double({ min: -0.3, max: 1.2, noNaN: true }),
    width: fc.double({ min: 0, max: 1.5, noNaN: true }),
    height: fc.double({ min: 0, max: 1.5, noNaN: true })
  })
})
const detections: fc.Arbitrary<Detections> = fc.array(detection, { maxLength: 60 }).map((list) => {
  const found = [...list].sort((a, b) => b.score - a.score)
  const best = Object.fromEntries(
    labels.map((label) => [
      label,
      Math.max(0, ...found.filter((f) => f.label === label).map(({ score }) => score))
    ])
  )
  return { found, best }
})
const threshold = fc.double({ min: 0.05, max: 0.99, noNaN: true })
const thresholds = fc.record({ phone: threshold, book: threshold, person: threshold, screen: threshold })

const answering = (answer: () => Promise<Detections>): Detector => ({
  id: 'test@1#000000000000',
  load: () => Promise.resolve(),
  detect: answer,
  verify: () => Promise.resolve(0),
  dispose: () => undefined
})
const grey = (width: number, height: number, value = 120): Pixels => ({
  width,
  height,
  data: new Uint8Array(Math.max(0, width * height * 4)).fill(value)
})
const look = (detector: Detector, over: Partial<Look> = {}): Look => {
  let now = 1000
  return {
    detector,
    backend: 'wasm',
    thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
    clock: () => (now += 10),
    ...over
  }
}
const frame = (pixels: Pixels | null): Frame => ({ seq: 7, capturedAt: 990, pixels })

describe('observe', () => {
  it('says present exactly when a candidate reaches the threshold, and keeps the best score when not', async () => {
    await fc.assert(
      fc.asyncProperty(detections, thresholds, async (answer, limits) => {
        const { observation } = await observe(
          look(
            answering(() => Promise.resolve(answer)),
            { thresholds: limits }
          ),
          frame(grey(8, 6))
        )
        expect(observationSchema.parse(observation)).toEqual(observation)
        for (const [question, label, limit] of [
          ['phone', 'cell phone', limits.phone],
          ['book', 'book', limits.book],
          ['screen', 'laptop', limits.screen]
        ] as const) {
          const best = answer.best[label] ?? 0
          expect(observation[question]).toMatchObject({
            state:
              best >= limit && answer.found.some((f) => f.label === label && f.score >= limit)
                ? 'present'
                : 'absent',
            score: best
          })
        }
      })
    )
  })

  it('never says absent, nor counts nobody, without a picture that could be looked at', async () => {
    const seesNothing = answering(() =>
      Promise.resolve({ found: [], best: { person: 0, 'cell phone': 0, book: 0 } })
    )
    const short: Pixels = { width: 640, height: 480, data: new Uint8Array(100) }
    const notNumbers: Pixels = { width: NaN, height: 480, data: new Uint8Array(100) }
    for (const pixels of [null, grey(0, 0), grey(0, 480), short, notNumbers]) {
      const { observation } = await observe(look(seesNothing), frame(pixels))
      expect(observationSchema.parse(observation)).toEqual(observation)
      expect([observation.phone, observation.book, observation.people]).toEqual(
        Array.from({ length: 3 }, () => ({ state: 'unknown', reason: 'no-frame' }))
      )
    }
  })

  it('says too dark for a covered lens, whatever the detector would say', async () => {
    const { observation } = await observe(
      look(answering(() => Promise.resolve({ found: [], best: { person: 0, 'cell phone': 0, book: 0 } }))),
      frame(grey(64, 48, 4))
    )
    expect(observation.phone).toEqual({ state: 'unknown', reason: 'too-dark' })
    expect(observation.people).toEqual({ state: 'unknown', reason: 'too-dark' })
  })

  it('turns a failing detector into unknown and hands the error back', async () => {
    const { observation, error } = await observe(
      look(answering(() => Promise.reject(new Error('device lost')))),
      frame(grey(8, 6))
    )
    expect(error?.message).toBe('device lost')
    expect(observation.people).toEqual({ state: 'unknown', reason: 'detector-failed' })
    expect(observation.phone).toEqual({ state: 'unknown', reason: 'detector-failed' })
  })

  it('never takes a score that is not a number, or a class that was not asked, for an absence', async () => {
    const broken = answering(() => Promise.resolve({ found: [], best: { person: NaN, 'cell phone': NaN } }))
    const { observation } = await observe(look(broken), frame(grey(8, 6)))
    expect(observation.phone).toEqual({ state: 'unknown', reason: 'detector-failed' })
    expect(observation.people).toEqual({ state: 'unknown', reason: 'detector-failed' })
    expect(observation.book).toEqual({ state: 'unknown', reason: 'not-asked' })
  })

  it('tells how old the frame was when the answer was ready', async () => {
    const { observation } = await observe(
      look(answering(() => Promise.resolve({ found: [], best: {} }))),
      frame(grey(8, 6))
    )
    expect(observation).toMatchObject({ seq: 7, ageMs: 30, frameMs: 10, frame: { width: 8, height: 6 } })
  })
})
