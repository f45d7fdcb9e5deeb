import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Observation } from '../observation/observation'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { readRecordingLine, recordingLine, type Recorded } from '../observation/recording'
import { defaultRules } from '../policy/defaults'
import type { Policy } from '../policy/policy'
import { alertsOf, beginReplay, differenceOf, replay, type Replay } from './replay'

const policy = demoPolicy()
const withPhone = (change: Partial<Policy['rules']['phone']>): Policy => ({
  ...policy,
  rules: { ...defaultRules, phone: { ...defaultRules.phone, ...change } }
})

/** Recorded from the drawn clips by `scripts/vision/record.ts`; see docs/vision.md. */
const recording = (name: string): readonly Recorded[] =>
  readFileSync(`test/observations/${name}.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, i) => {
      const read = readRecordingLine(line, i + 1, 0)
      if (!read.ok) throw new Error(JSON.stringify(read.error))
      return read.value
    })
const play = (looks: readonly Recorded[], under: Policy = policy): Replay =>
  looks.reduce(replay, beginReplay(under))

const change = (look: Recorded, part: Partial<Observation>): Recorded => ({
  ...look,
  observation: { ...look.observation, ...part }
})
const phone = (score: number): Answer => ({ state: 'present', score, share: 0.05 })
/** The same recording again and again, for as long as wanted. */
const forMinutes = (looks: readonly Recorded[], minutes: number): readonly Recorded[] => {
  const length = (looks.at(-1)?.at ?? 0) + 133
  const rounds = Math.ceil((minutes * 60_000) / length)
  return Array.from({ length: rounds }, (_, round) =>
    looks.map((look) => ({ ...look, at: look.at + round * length }))
  ).flat()
}

describe('D6: a phone, a book, somebody else or an empty chair is judged, one person at work is not', () => {
  it('D6: one person at work is quiet for ten minutes', () => {
    const run = play(forMinutes(recording('clear'), 10))
    expect(alertsOf(run)).toEqual([])
    expect(run.timeIn).toMatchObject({ hidden: 0, starting: 0 })
  })

  it('D6: a phone hides the desk within 0.8 s of its first look, once, and the desk comes back', () => {
    const looks = recording('phone')
    const first = looks.find(({ observation }) => observation.phone.state === 'present')?.at ?? NaN
    const run = play(looks)
    expect(alertsOf(run)).toMatchObject([{ rule: 'phone', response: 'blank', openedAt: first, count: 1 }])
    const hiddenAt = looks.find(
      ({ at }) => play(looks.filter((look) => look.at <= at)).state.desk === 'hidden'
    )
    expect((hiddenAt?.at ?? Infinity) - first).toBeLessThanOrEqual(800)
    expect(run.state.desk).toBe('shown')
  })

  it('D6: a second person is seen, counted, and gone again', () => {
    const run = play(recording('second-person'))
    expect(alertsOf(run)).toMatchObject([{ rule: 'second-person', peakPeople: 2, count: 1 }])
    expect(run.state.desk).toBe('shown')
  })

  it('D6: an empty chair is seen after its dwell', () => {
    expect(alertsOf(play(recording('nobody')))).toMatchObject([{ rule: 'nobody' }])
  })

  it('D6: a book hides the desk (its answers are written by hand: no clip has a book)', () => {
    const looks = recording('clear').map((look, i) =>
      i < 20 || i > 30 ? look : change(look, { book: phone(0.8) })
    )
    expect(alertsOf(play(looks))).toMatchObject([{ rule: 'book', response: 'blank' }])
  })

  it('D6: looks that stand alone with a false phone hide nothing, however sure they are', () => {
    const clear = forMinutes(recording('clear'), 1)
    const scores = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(scores, fc.integer({ min: 2, max: 9 }), (some, apart) => {
        const looks = clear.map((look, i) =>
          i % apart === 0 ? change(look, { phone: phone(some[(i / apart) % some.length] ?? 1) }) : look
        )
        const run = play(looks)
        expect(alertsOf(run)).toEqual([])
        expect(run.timeIn.hidden).toBe(0)
      }),
      { numRuns: 5 }
    )
  })

  it('D6: a real phone that the detector misses now and then is still seen, as one alert', () => {
    const looks = recording('phone').map((look, i) =>
      i % 3 === 0 ? change(look, { phone: { state: 'absent', score: 0.1 } }) : look
    )
    expect(alertsOf(play(looks))).toMatchObject([{ rule: 'phone', count: 1 }])
  })
})

describe('a replay', () => {
  it('gives the same again for the same recording', () => {
    expect(play(recording('phone'))).toEqual(play(recording('phone')))
  })

  it('shows what another policy would have changed', () => {
    const looks = recording('phone')
    const before = play(looks)
    expect(differenceOf(before, play(looks))).toEqual({ appeared: [], disappeared: [], changed: [] })
    expect(differenceOf(before, play(looks, withPhone({ threshold: 0.99 })))).toMatchObject({
      appeared: [],
      disappeared: [{ rule: 'phone' }]
    })
    expect(differenceOf(before, play(looks, withPhone({ response: 'warn' })))).toMatchObject({
      changed: [{ before: { response: 'blank' }, after: { response: 'warn' } }]
    })
    expect(play(looks, withPhone({ response: 'warn' })).timeIn.hidden).toBe(0)
  })

  it('takes a gap for a silent sensor, as the desk would have', () => {
    const looks = recording('clear').map((look, i) => (i < 30 ? look : { ...look, at: look.at + 10_000 }))
    const run = play(looks)
    expect(alertsOf(run)).toMatchObject([{ rule: 'sensor-silent' }])
    expect(run.timeIn.hidden).toBeGreaterThan(6000)
  })

  it('says of an alert that still holds at the end how long it has held', () => {
    const looks = recording('phone').filter(({ at }) => at < 9000)
    const [alert] = alertsOf(play(looks))
    expect(alert?.endedAt).toBeNull()
    expect(alert?.heldMs).toBeGreaterThan(2000)
  })
})

describe('a recording', () => {
  it('reads back what was written', () => {
    for (const look of recording('nobody').slice(0, 20)) {
      expect(readRecordingLine(recordingLine(look), 1, 0)).toEqual({ ok: true, value: look })
    }
  })

  it.each([
    ['{', '', 'it is not JSON'],
    ['[]', '', 'Invalid input'],
    [(line: string) => line.replace('"at":0', '"at":"now"'), 'at', 'Invalid input'],
    [(line: string) => line.replace('"score":', '"score":9'), 'observation.phone.score', 'Too big'],
    [(line: string) => line.replace('"looked":true,', ''), 'observation.looked', 'Invalid input'],
    [(line: string) => line.replace('"seq"', '"name":"x","seq"'), 'observation.name', 'Unrecognized']
  ])('names what is wrong with a line: %s', (damage, field, problem) => {
    const good = recordingLine(recording('clear')[0]!)
    const read = readRecordingLine(typeof damage === 'string' ? damage : damage(good), 7, 0)
    expect(read).toMatchObject({ ok: false, error: { line: 7, field } })
    expect(read.ok ? '' : read.error.problem).toContain(problem)
    expect(read.ok ? '' : read.error.remedy).not.toBe('')
  })

  it('does not go back in time', () => {
    const line = recordingLine({ ...recording('clear')[0]!, at: 5 })
    expect(readRecordingLine(line, 2, 6)).toMatchObject({ ok: false, error: { line: 2, field: 'at' } })
  })

  it('survives any text', () => {
    fc.assert(fc.property(fc.string(), (text) => !readRecordingLine(text, 1, 0).ok))
  })
})
