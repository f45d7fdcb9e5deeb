import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { observationSchema, type Observation } from '../../../../src/core/observation/observation'
import { defaultRules } from '../../../../src/core/policy/defaults'
import { DataError, MissingProgramError } from '../data-error'
import { detections, scriptedClock, scriptedDetector, seen, watcherOf } from '../fixtures'
import { unionMs, type Alarm } from './alarms'
import { readClipLabels, type ClipLabels } from './clip-labels'
import { clipResults } from './clip-results'
import { framesOf, type ClipFrame } from './decode'
import { findClips } from './find-clips'
import { measureClip } from './measure-clip'
import { pamReader } from './pam'
import { playback } from './playback'

const root = mkdtempSync(join(tmpdir(), 'havendesk-clips-'))
afterAll(() => rmSync(root, { recursive: true }))

const pixels = { width: 8, height: 8, data: new Uint8Array(8 * 8 * 4).fill(120) }
async function* clip(seconds: number, fps = 30): AsyncGenerator<ClipFrame> {
  for (let at = 0; at < seconds * fps; at += 1)
    yield await Promise.resolve({ atMs: (at * 1000) / fps, pixels })
}
const person = seen('person', 0.9)
const phoneEvent: ClipLabels = {
  labelled: new Set(['phone', 'book', 'people', 'nobody']),
  events: [{ topic: 'phone', fromMs: 2000, toMs: 6000 }]
}

/** A recording in which the detector sees a phone in looks that begin between two instants. */
const measure = async (
  labels: ClipLabels,
  from: number,
  to: number,
  heard?: (o: Observation, at: number) => void
) => {
  const clock = scriptedClock()
  const began = clock.now()
  let at = 0
  const detector = scriptedDetector(
    () => (at >= from && at < to ? detections(person, seen('phone', 0.8)) : detections(person)),
    () => {
      at = clock.now() - began
      clock.work(60)
    }
  )
  return measureClip({
    file: 'a.mp4',
    frames: clip(10),
    labels,
    watcher: watcherOf(detector, clock),
    clock,
    rules: defaultRules,
    ...(heard ? { heard } : {})
  })
}

describe('a recording', () => {
  it('tells the time from the labelled start to the held rule, and the hidden seconds', async () => {
    const measured = await measure(phoneEvent, 2000, 6000)
    expect(measured.alarms).toHaveLength(1)
    expect(measured.alarms[0]).toMatchObject({ rule: 'phone', right: true })
    const [event] = measured.events
    // At ten looks a second: at most one gap, the enter dwell rounded up to looks, and the look itself.
    expect(event?.detectedAfterMs).toBeGreaterThanOrEqual(defaultRules.phone.enterMs)
    expect(event?.detectedAfterMs).toBeLessThanOrEqual(100 + defaultRules.phone.enterMs + 100 + 60)
    // Four seconds of phone and the three that the rule asks to be clear.
    expect(measured.hiddenMs).toBeGreaterThan(6500)
    expect(measured.hiddenMs).toBeLessThan(7500)
    expect(measured.wronglyHiddenMs).toBe(0)
  })

  it('calls an alarm with nothing in view wrong, and the time behind it wrongly hidden', async () => {
    const clear: ClipLabels = { ...phoneEvent, events: [] }
    const measured = await measure(clear, 3000, 4000)
    expect(measured.alarms).toMatchObject([{ rule: 'phone', right: false }])
    expect(measured.wronglyHiddenMs).toBeCloseTo(measured.hiddenMs)
    const results = clipResults([measured], [], 'wall')
    expect(results).toMatchObject({ clean_with_alarm: { hits: 1, of: 1 }, false_alarms: { count: 1 } })
    expect(results.false_alarms.perHour).toBeGreaterThan(300)
  })

  it('misses an event that raised nothing, and says so', async () => {
    const measured = await measure(phoneEvent, 99_000, 99_000)
    expect(measured.events).toMatchObject([{ topic: 'phone', detectedAfterMs: null }])
    expect(clipResults([measured], [], 'wall').by_class['phone']).toMatchObject({ found: { hits: 0, of: 1 } })
  })

  it('judges nothing right or wrong where nobody wrote down what is in it', async () => {
    const measured = await measure({ labelled: new Set(), events: [] }, 3000, 4000)
    expect(measured.alarms).toMatchObject([{ right: null }])
    expect(clipResults([measured], [], 'wall')).toMatchObject({ false_alarms: { count: 0, perHour: null } })
  })

  it('hands out its observations in rising order, each of the form that crosses processes', async () => {
    const heard: number[] = []
    await measure(phoneEvent, 0, 0, (observation, at) => {
      observationSchema.parse(observation)
      heard.push(at)
    })
    expect(heard.length).toBeGreaterThan(90)
    expect([...heard].sort((a, b) => a - b)).toEqual(heard)
  })
})

describe('playback', () => {
  it('gives the newest frame that is due and never one twice', async () => {
    const clock = scriptedClock()
    const source = playback(clip(1), clock)
    expect((await source.next(0))?.capturedMs).toBe(0)
    expect((await source.next(510))?.capturedMs).toBe(500)
    const before = clock.now()
    // The next frame is due at 533 ms: it is waited for.
    expect((await source.next(515))?.capturedMs).toBeCloseTo(533.3, 1)
    expect(clock.now() - before).toBeCloseTo(18.3, 1)
    expect((await source.next(5000))?.capturedMs).toBeCloseTo(966.7, 1)
    expect(await source.next(5100)).toBeNull()
    expect(source.lengthMs()).toBeCloseTo(966.7, 1)
  })
})

describe('time behind the cover', () => {
  it('counts overlapping alarms once', () => {
    const alarm = (fromMs: number, length: number): Alarm => ({
      rule: 'phone',
      sinceMs: fromMs,
      fromMs,
      toMs: fromMs + length,
      hides: true,
      right: null
    })
    expect(unionMs([alarm(0, 10), alarm(5, 10), alarm(30, 5)])).toBe(20)
    const times = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(fc.array(fc.tuple(times, times), { maxLength: 8 }), (pairs) => {
        const covered = new Set(
          pairs.flatMap(([from, length]) => Array.from({ length }, (_, at) => from + at))
        )
        expect(unionMs(pairs.map(([from, length]) => alarm(from, length)))).toBe(covered.size)
      })
    )
  })
})

describe('pictures out of the decoder', () => {
  const picture = (width: number, height: number, value: number): Buffer =>
    Buffer.concat([
      Buffer.from(`P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`),
      Buffer.alloc(width * height * 4, value)
    ])

  it('are whole however the stream is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }), (cuts) => {
        const stream = Buffer.concat([picture(3, 2, 7), picture(2, 2, 9), picture(5, 1, 11)])
        const read = pamReader()
        const found = []
        let at = 0
        for (let cut = 0; at < stream.length; cut += 1) {
          const length = cuts[cut % cuts.length] ?? 1
          found.push(...read(stream.subarray(at, at + length)))
          at += length
        }
        expect(found.map(({ width, height, data }) => [width, height, data.length, data[0]])).toEqual([
          [3, 2, 24, 7],
          [2, 2, 16, 9],
          [5, 1, 20, 11]
        ])
      })
    )
  })

  it('of another kind are refused', () => {
    expect(() => pamReader()(Buffer.from('P7\nWIDTH 2\nHEIGHT 2\nDEPTH 3\nENDHDR\n'))).toThrow(/unknown kind/)
    expect(() => pamReader()(Buffer.alloc(4096, 65))).toThrow(/no PAM picture/)
  })
})

describe('what there is to watch', () => {
  const folder = join(root, 'mixed')
  mkdirSync(join(folder, 'walk'), { recursive: true })

  it('is found by kind: recordings, and folders of pictures in the order of their numbers', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#888' } })
      .png()
      .toBuffer()
    for (const name of ['2.png', '10.png', '1.png']) writeFileSync(join(folder, 'walk', name), png)
    writeFileSync(join(folder, 'b.mp4'), '')
    writeFileSync(join(folder, 'notes.txt'), '')
    const { clips, labels } = findClips(folder)
    expect(clips.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['video b.mp4', 'sequence walk'])
    expect(labels).toBe(join(folder, 'clips.json'))
    const [sequence] = findClips(join(folder, 'walk')).clips
    if (sequence?.kind !== 'sequence') throw new Error('no sequence')
    expect(sequence.files.map((file) => file.slice(-6))).toEqual(['/1.png', '/2.png', '10.png'])
    const frames = []
    for await (const frame of framesOf(sequence, 10)) frames.push(frame)
    expect(frames.map(({ atMs, pixels: { width } }) => [atMs, width])).toEqual([
      [0, 4],
      [100, 4],
      [200, 4]
    ])
  })

  it('is refused with the remedy: nothing there, an unknown file, a picture that is none, no decoder', async () => {
    expect(() => findClips(join(root, 'none'))).toThrow(/There is no .*Pass a recording/)
    expect(() => findClips(join(folder, 'notes.txt'))).toThrow(/no recording that is known/)
    mkdirSync(join(root, 'empty'))
    expect(() => findClips(join(root, 'empty'))).toThrow(/holds no recording and no picture/)
    const broken = join(root, 'broken.png')
    writeFileSync(broken, 'no picture')
    const sequence = { kind: 'sequence', name: 'x', files: [broken] } as const
    await expect(framesOf(sequence, 30).next()).rejects.toThrow(/broken\.png could not be read/)
    const video = { kind: 'video', name: 'b.mp4', path: join(folder, 'b.mp4') } as const
    await expect(framesOf(video, 30, 'no-such-decoder').next()).rejects.toThrow(MissingProgramError)
    await expect(framesOf(video, 30, 'no-such-decoder').next()).rejects.toThrow(/apt-get install ffmpeg/)
  })
})

describe('clips.json', () => {
  const file = join(root, 'clips.json')
  const read = (json: unknown) => {
    writeFileSync(file, JSON.stringify(json))
    return readClipLabels(file)
  }

  it('says what is in view throughout, or from when to when', () => {
    const labels = read([
      { file: 'a.mp4', n_person: 1, has_phone: false, has_book: false, note: 'kept out' },
      { file: 'b.mp4', n_person: 2 },
      { file: 'c.mp4', has_phone: true, events: [{ class: 'cell phone', fromMs: 500, toMs: 900 }] }
    ])
    expect(labels.get('a.mp4')?.events).toEqual([])
    expect([...(labels.get('a.mp4')?.labelled ?? [])].sort()).toEqual(['book', 'nobody', 'people', 'phone'])
    expect(labels.get('b.mp4')?.events).toMatchObject([{ topic: 'people', fromMs: 0 }])
    expect(labels.get('c.mp4')?.events).toEqual([{ topic: 'phone', fromMs: 500, toMs: 900 }])
    expect(readClipLabels(join(root, 'nowhere.json')).size).toBe(0)
  })

  it.each([
    [
      'an unknown class',
      [{ file: 'a', events: [{ class: 'gun', fromMs: 0, toMs: 1 }] }],
      /"gun" is not a class/
    ],
    [
      'an end before its start',
      [{ file: 'a', events: [{ class: 'book', fromMs: 5, toMs: 5 }] }],
      /toMs: 5 is not after/
    ],
    ['a word for a number', [{ file: 'a', n_person: 'one' }], /\[0\]\.n_person: .*whole number/],
    ['no list', { file: 'a' }, /Write a list/]
  ])('refuses %s, with its place', (_name, json, message) => {
    expect(() => read(json)).toThrow(DataError)
    expect(() => read(json)).toThrow(message)
  })
})
