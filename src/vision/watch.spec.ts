import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { observationSchema } from '../core/observation/observation'
import type { Box, Detection, Detections, Detector, Pixels } from './detector'
import type { Frame, Look } from './observe'
import { tiles } from './looking/view'
import { isWhole, wholePicture } from './pixels/resize'
import { createWatcher, type Watcher } from './watch'

const labels = ['person', 'cell phone', 'phone', 'book', 'laptop'] as const
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
const bestOf = (found: readonly Detection[]): Record<string, number> =>
  Object.fromEntries(
    labels.map((label) => [
      label,
      Math.max(0, ...found.filter((f) => f.label === label).map(({ score }) => score))
    ])
  )
const detections: fc.Arbitrary<Detections> = fc.array(detection, { maxLength: 60 }).map((list) => {
  const found = [...list].sort((a, b) => b.score - a.score)
  return { found, best: bestOf(found) }
})
const threshold = fc.double({ min: 0.05, max: 0.99, noNaN: true })
const thresholds = fc.record({ phone: threshold, book: threshold, person: threshold, screen: threshold })

const answering = (answer: (part: Box | undefined) => Promise<Detections>): Detector => ({
  id: 'test@1#000000000000',
  load: () => Promise.resolve(),
  detect: (_, part) => answer(part),
  verify: () => Promise.resolve(0),
  dispose: () => undefined
})
const seeing = (...found: readonly Detection[]): Detections => ({ found, best: bestOf(found) })
const grey = (width: number, height: number, value = 120): Pixels => ({
  width,
  height,
  data: new Uint8Array(Math.max(0, width * height * 4)).fill(value)
})
/** A clock that the test moves, and 10 ms per reading, so that work takes time. */
const stepping = () => {
  let now = 1000
  return { clock: () => (now += 10), wait: (ms: number) => (now += ms) }
}
const look = (detector: Detector, over: Partial<Look> = {}): Look => ({
  detector,
  backend: 'wasm',
  thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
  clock: stepping().clock,
  ...over
})
const frame = (pixels: Pixels | null, seq = 7): Frame => ({ seq, capturedAt: 990, pixels })

/** Frames until the watcher has looked `count` times. */
const looks = async (watcher: Watcher, count: number, wait: (ms: number) => void) => {
  const seen = []
  for (let seq = 0; seen.length < count && seq < 1000; seq += 1) {
    const observed = await watcher.observe(frame(grey(80, 60), seq))
    if (observed.look) seen.push(observed)
    wait(100)
  }
  return seen
}

describe('createWatcher', () => {
  it('says of the first look exactly what it found, and never more than the schema lets out', async () => {
    await fc.assert(
      fc.asyncProperty(detections, thresholds, async (answer, limits) => {
        const watcher = createWatcher(
          look(
            answering(() => Promise.resolve(answer)),
            { thresholds: limits }
          )
        )
        const { observation } = await watcher.observe(frame(grey(8, 6)))
        expect(observationSchema.parse(observation)).toEqual(observation)
        expect(observation.phone.state).toBe(
          (answer.best['phone'] ?? 0) >= limits.phone ? 'present' : 'absent'
        )
        expect(observation.people).toMatchObject({ state: 'counted' })
        expect(JSON.stringify(observation)).not.toContain('box')
      })
    )
  })

  it('says for how long looks have seen a phone, once there was more than one', async () => {
    const held: Detection = { label: 'phone', score: 0.9, box: { x: 0.4, y: 0.4, width: 0.05, height: 0.05 } }
    const time = stepping()
    const watcher = createWatcher(
      look(
        answering(() => Promise.resolve(seeing(held))),
        { clock: time.clock }
      )
    )
    const [first, second] = await looks(watcher, 2, time.wait)
    expect(first?.observation.phone).not.toHaveProperty('forMs')
    expect(second?.observation.phone).toMatchObject({ state: 'present' })
    expect((second?.observation.phone as { forMs: number }).forMs).toBeGreaterThanOrEqual(100)
  })

  it('never says absent, nor counts nobody, without a picture that could be looked at', async () => {
    const seesNothing = answering(() => Promise.resolve(seeing()))
    const short: Pixels = { width: 640, height: 480, data: new Uint8Array(100) }
    const notNumbers: Pixels = { width: NaN, height: 480, data: new Uint8Array(100) }
    const watcher = createWatcher(look(seesNothing))
    await watcher.observe(frame(grey(8, 6)))
    for (const pixels of [null, grey(0, 0), grey(0, 480), short, notNumbers]) {
      const { observation } = await watcher.observe(frame(pixels))
      expect(observationSchema.parse(observation)).toEqual(observation)
      expect([observation.phone, observation.book, observation.people, observation.screen]).toEqual(
        Array.from({ length: 4 }, () => ({ state: 'unknown', reason: 'no-frame' }))
      )
    }
  })

  it('says too dark for a covered lens, whatever was seen before', async () => {
    const watcher = createWatcher(look(answering(() => Promise.resolve(seeing()))))
    await watcher.observe(frame(grey(64, 48)))
    const { observation } = await watcher.observe(frame(grey(64, 48, 4)))
    expect(observation.phone).toEqual({ state: 'unknown', reason: 'too-dark' })
    expect(observation.people).toEqual({ state: 'unknown', reason: 'too-dark' })
  })

  it('turns a failing detector into unknown, hands the error back, and looks again at the next frame', async () => {
    let fails = false
    const watcher = createWatcher(
      look(answering(() => (fails ? Promise.reject(new Error('device lost')) : Promise.resolve(seeing()))))
    )
    await watcher.observe(frame(grey(8, 6), 1))
    fails = true
    let failed = await watcher.observe(frame(grey(8, 6), 2))
    for (let seq = 3; failed.error === null && seq < 200; seq += 1)
      failed = await watcher.observe(frame(grey(8, 6), seq))
    expect(failed.error?.message).toBe('device lost')
    expect(failed.observation.people).toEqual({ state: 'unknown', reason: 'detector-failed' })
    fails = false
    const after = await watcher.observe(frame(grey(8, 6), 300))
    expect(after.look?.reason).toBe('whole')
    expect(after.observation.phone.state).toBe('absent')
  })

  it('never takes a score that is not a number, or a class that was not asked, for an absence', async () => {
    const broken = answering(() => Promise.resolve({ found: [], best: { person: NaN, phone: NaN } }))
    const { observation } = await createWatcher(look(broken)).observe(frame(grey(8, 6)))
    expect(observation.phone).toEqual({ state: 'unknown', reason: 'detector-failed' })
    expect(observation.people).toEqual({ state: 'unknown', reason: 'detector-failed' })
    expect(observation.book).toEqual({ state: 'unknown', reason: 'not-asked' })
  })

  it('looks at what counts again at once, and takes it back when it was not there', async () => {
    const { clock, wait } = stepping()
    const phone: Detection = { label: 'phone', score: 0.9, box: { x: 0.4, y: 0.4, width: 0.1, height: 0.2 } }
    let there = true
    const watcher = createWatcher(
      look(
        answering(() => Promise.resolve(there ? seeing(phone) : seeing())),
        { clock }
      )
    )
    const [first, second] = await looks(watcher, 2, wait)
    expect(first?.observation.phone.state).toBe('present')
    expect(second?.look?.reason).toBe('confirm')
    there = false
    const [denied] = await looks(watcher, 1, wait)
    expect(denied?.observation.phone.state).toBe('absent')
  })

  it('takes a closer look at what it half sees, and believes the closer one', async () => {
    const { clock, wait } = stepping()
    const box: Box = { x: 0.6, y: 0.6, width: 0.05, height: 0.09 }
    const watcher = createWatcher(
      look(
        answering((part) =>
          Promise.resolve(seeing({ label: 'phone', score: part && part.width < 0.5 ? 0.9 : 0.3, box }))
        ),
        { clock }
      )
    )
    const seen = await looks(watcher, 12, wait)
    expect(seen.map(({ look: planned }) => planned?.reason)).toContain('candidate')
    expect(seen.at(-1)?.observation.phone.state).toBe('present')
  })

  it.each([
    ['phone', { phone: 0.06 }],
    ['cell phone', { 'cell phone': 0.06 }]
  ])(
    'looks first at the tile in which the whole picture shows a trace of a %s, then at all the others',
    async (label, best) => {
      const { clock, wait } = stepping()
      const [upperRight] = tiles.filter(({ x, y }) => x === 0.4 && y === 0)
      const watched: Box[] = []
      const trace: Detection = { label, score: 0.06, box: { x: 0.9, y: 0.1, width: 0.02, height: 0.03 } }
      const watcher = createWatcher(
        look(
          answering((part = wholePicture) => {
            watched.push(part)
            return Promise.resolve(isWhole(part) ? { found: [trace], best } : { found: [], best })
          }),
          { clock }
        ),
        { share: 1, savedMs: 5_000 }
      )
      for (let seq = 0; seq < 60; seq += 1) {
        await watcher.observe(frame(grey(80, 60), seq))
        wait(100)
      }
      const swept = watched.filter((part) => !isWhole(part)).slice(0, tiles.length)
      expect(swept[0]).toEqual(upperRight)
      expect(new Set(swept)).toEqual(new Set(tiles))
    }
  )

  it('sweeps the whole picture in tiles while nothing happens, within its share of a core', async () => {
    const { clock, wait } = stepping()
    const watched: string[] = []
    const watcher = createWatcher(
      look(
        answering((part) => {
          watched.push(`${part?.x} ${part?.y} ${part?.width}`)
          return Promise.resolve(seeing())
        }),
        { clock }
      ),
      { share: 0.5, savedMs: 900 }
    )
    let frames = 0
    for (; frames < 300; frames += 1) {
      await watcher.observe(frame(grey(80, 60), frames))
      wait(100)
    }
    // The tiles, and the whole picture.
    expect(new Set(watched).size).toBe(tiles.length + 1)
    // A look in 500 ms, after the first sweep.
    expect(watched.length).toBeLessThan(frames / 4)
  })

  it('says which answers are of this frame and which are repeated', async () => {
    const { clock, wait } = stepping()
    const watcher = createWatcher(
      look(
        answering(() => Promise.resolve(seeing())),
        { clock }
      )
    )
    const all = []
    for (let seq = 0; seq < 60; seq += 1) {
      all.push(await watcher.observe(frame(grey(80, 60), seq)))
      wait(40)
    }
    for (const { observation, look: planned } of all) expect(observation.looked).toBe(planned !== null)
    expect(all.some(({ look: planned }) => planned === null)).toBe(true)
  })

  it('looks closely at the faint edges of a breath once in ten seconds, and at what is more or elsewhere at once', async () => {
    const { clock, wait } = stepping()
    const watcher = createWatcher(
      look(
        answering(() => Promise.resolve(seeing())),
        { clock }
      )
    )
    let closely = 0
    /** Shows a still room in which one block of 4 x 4 cells is so many grey levels brighter; says what was looked at. */
    const show = async (column: number, brighter: number): Promise<void> => {
      const cells = Float32Array.from({ length: 80 * 60 }, (_, at) =>
        Math.floor((at % 80) / 4) === column && Math.floor(at / 320) === 7 ? 120 + brighter : 120
      )
      const { look: planned } = await watcher.observe({ ...frame(grey(80, 60)), cells })
      if (planned?.reason === 'novelty') closely += 1
      wait(90)
    }
    const rest = async (frames: number): Promise<void> => {
      for (let seq = 0; seq < frames; seq += 1) await show(10, 0)
    }
    await rest(60)
    for (let breath = 0; breath < 3; breath += 1) {
      await show(10, 15)
      await rest(25)
    }
    expect(closely).toBe(1)
    await show(2, 15)
    expect(closely).toBe(2)
    await rest(25)
    await show(10, 60)
    expect(closely).toBe(3)
    await rest(110)
    await show(10, 15)
    expect(closely).toBe(4)
  })

  it('counts a poster beside somebody who moves no longer than it takes to tell it, and a person at once', async () => {
    const { clock, wait } = stepping()
    const advocate: Detection = {
      label: 'person',
      score: 0.9,
      box: { x: 0.1, y: 0.2, width: 0.4, height: 0.8 }
    }
    const poster: Detection = {
      label: 'person',
      score: 0.8,
      box: { x: 0.7, y: 0.2, width: 0.2, height: 0.4 }
    }
    let told = 0
    // Known for a picture, it is found in every other look at the whole only.
    const isFound = (part: Box = wholePicture): boolean =>
      counts.length < 200 || counts.length >= 260 || (isWhole(part) && (told += 1) % 2 === 0)
    const watcher = createWatcher(
      look(
        answering((part) => Promise.resolve(isFound(part) ? seeing(advocate, poster) : seeing(advocate))),
        { clock }
      )
    )
    const confirmed: number[] = []
    const counts: (number | null)[] = []
    for (let seq = 0; seq < 300; seq += 1) {
      const steps = seq < 280 ? 0 : 2
      const cells = Float32Array.from({ length: 80 * 60 }, (_, at) => {
        const x = at % 80
        const noise = ((Math.sin(at * 12.9898 + seq * 78.233) * 43_758.5453) % 1) / 2
        const moves = x < 40 ? seq % 7 : steps
        return 120 + 30 * Math.sin((x + moves) / 3) + noise
      })
      const { observation, look: planned } = await watcher.observe({ ...frame(grey(80, 60), seq), cells })
      if (planned?.reason === 'confirm') confirmed.push(seq)
      counts.push(observation.people.state === 'counted' ? observation.people.count : null)
      wait(80)
    }
    expect(new Set(counts.slice(0, 100))).toEqual(new Set([2]))
    expect(new Set(counts.slice(200, 280))).toEqual(new Set([1]))
    expect(new Set(counts.slice(280))).toEqual(new Set([2]))
    // A picture that comes and goes is nobody who came in: no look is spent on it.
    expect(confirmed.filter((seq) => seq >= 200 && seq < 260)).toEqual([])
  })

  it('forgets nothing of what it saw when its pace changes, and spends by the new share from then on', async () => {
    const { clock, wait } = stepping()
    const phone: Detection = { label: 'phone', score: 0.9, box: { x: 0.4, y: 0.4, width: 0.1, height: 0.2 } }
    let looked = 0
    const watcher = createWatcher(
      look(
        answering(() => {
          looked += 1
          wait(150)
          return Promise.resolve(seeing(phone))
        }),
        { clock }
      )
    )
    await looks(watcher, 4, wait)
    const before = looked
    watcher.pace({ share: 0.2, savedMs: 900, pace: 'least' })
    const { observation } = await watcher.observe(frame(grey(80, 60), 2000))
    expect(observation.phone.state).toBe('present')
    expect(observation.people.state).toBe('counted')
    const from = clock()
    for (let seq = 0; clock() - from < 30_000; seq += 1) {
      await watcher.observe(frame(grey(80, 60), 3000 + seq))
      wait(60)
    }
    // A fifth of a core, what was saved, and the looks that the longest gap asks for whatever the budget says.
    expect(looked - before).toBeLessThan(30_000 / 700 + 900 / 150 + 2)
  })
})
