import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothingKnown } from '../observation/camera-truth'
import type { Answer, Observation, People } from '../observation/observation'
import { emptyMemory, judge, type JudgeMemory } from './judge'
import { defaultRules } from '../policy/defaults'
import type { Rules, Verdict } from './rule'

const rules: Rules = {
  ...defaultRules,
  phone: { response: 'blank', threshold: 0.5, enterMs: 200, exitMs: 3000, cooldownMs: 0 },
  book: { response: 'blank', threshold: 0.5, enterMs: 600, exitMs: 3000, cooldownMs: 0 },
  'second-person': { response: 'blank', threshold: 0.5, enterMs: 600, exitMs: 3000, cooldownMs: 0 },
  nobody: { response: 'blank', threshold: 0.4, enterMs: 5000, exitMs: 1000, cooldownMs: 0 }
}

interface Scene {
  readonly phone?: Answer
  readonly book?: Answer
  readonly people?: People
}

const absent: Answer = { state: 'absent', score: 0.05 }
const onePerson: People = { state: 'counted', count: 1, scores: [0.9] }
const phone = (score: number): Answer => ({ state: 'present', score, share: 0.04 })
const unknown = { state: 'unknown', reason: 'detector-failed' } as const

const observe = (scene: Scene): Observation => ({
  v: 1,
  seq: 0,
  ageMs: 0,
  frame: { width: 640, height: 480 },
  model: 'test',
  backend: 'wasm',
  frameMs: 1,
  phone: scene.phone ?? absent,
  book: scene.book ?? absent,
  people: scene.people ?? onePerson,
  screen: absent,
  looked: true,
  camera: nothingKnown
})

/** Judges `[instant, scene]` pairs in order and gives every verdict. */
function play(frames: readonly (readonly [number, Scene])[]): Verdict[] {
  let memory: JudgeMemory = emptyMemory
  return frames.map(([now, scene]) => {
    const step = judge(memory, observe(scene), now, rules)
    memory = step.memory
    return step.verdict
  })
}

const held = (verdict: Verdict | undefined): readonly string[] =>
  verdict?.findings.map(({ rule }) => rule) ?? []

describe('judge', () => {
  it('finds nothing in a room with one person', () => {
    const last = play([
      [0, {}],
      [10_000, {}]
    ]).at(-1)
    expect(last).toEqual({ findings: [], complete: true })
  })

  it('enters only after unbroken evidence for the enter dwell, and counts from its first frame', () => {
    const verdicts = play([
      [0, { phone: phone(0.9) }],
      [100, { phone: phone(0.7) }],
      [200, { phone: phone(0.8) }]
    ])
    expect(verdicts.map(held)).toEqual([[], [], ['phone']])
    expect(verdicts[2]?.findings[0]).toMatchObject({ since: 0, response: 'blank', clearsAt: null })
  })

  it('is not moved by a flicker of one frame', () => {
    const flicker = Array.from(
      { length: 100 },
      (_, i) => [i * 100, i % 2 ? { phone: phone(0.99) } : {}] as const
    )
    expect(play(flicker).flatMap(held)).toEqual([])
  })

  it('clears after the exit dwell and says when', () => {
    const verdicts = play([
      [0, { phone: phone(0.9) }],
      [200, { phone: phone(0.9) }],
      [300, {}],
      [3100, {}],
      [3200, {}]
    ])
    expect(verdicts.map(held)).toEqual([[], ['phone'], ['phone'], ['phone'], []])
    expect(verdicts[2]?.findings[0]?.clearsAt).toBe(3200)
  })

  it('starts the exit dwell anew when the phone comes back for one frame', () => {
    const verdicts = play([
      [0, { phone: phone(0.9) }],
      [200, { phone: phone(0.9) }],
      [2000, {}],
      [3000, { phone: phone(0.6) }],
      [5900, {}],
      [6000, {}]
    ])
    expect(verdicts.map(held)).toEqual([[], ['phone'], ['phone'], ['phone'], ['phone'], []])
  })

  it('trusts the signed threshold, not the sensor word for it', () => {
    const cheating: Scene = { phone: { state: 'absent', score: 0.95 } }
    const last = play([
      [0, cheating],
      [200, cheating]
    ]).at(-1)
    expect(held(last)).toEqual(['phone'])
  })

  it('counts a second person with the number of people', () => {
    const two: Scene = { people: { state: 'counted', count: 3, scores: [0.9, 0.6, 0.3] } }
    const last = play([
      [0, two],
      [600, two]
    ]).at(-1)
    expect(last?.findings[0]).toMatchObject({ rule: 'second-person', peakCount: 2, peakScore: 0.6 })
  })

  it('notices an empty chair', () => {
    const empty: Scene = { people: { state: 'counted', count: 0, scores: [] } }
    const last = play([
      [0, empty],
      [4999, empty],
      [5000, empty]
    ]).at(-1)
    expect(held(last)).toEqual(['nobody'])
  })

  it('is incomplete while a question has no answer', () => {
    expect(play([[0, { book: unknown }]])[0]?.complete).toBe(false)
  })

  it('never relaxes on an unknown answer: what holds goes on holding however long', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 50 }), (gaps) => {
        let now = 200
        const frames = gaps.map((gap) => [(now += gap), { phone: unknown }] as const)
        const verdicts = play([[0, { phone: phone(0.9) }], [200, { phone: phone(0.9) }], ...frames])
        expect(verdicts.slice(1).every((verdict) => held(verdict).includes('phone'))).toBe(true)
      })
    )
  })

  it('an unknown frame in place of any other never clears a rule sooner', () => {
    const scene = fc.constantFrom<Scene>({}, { phone: phone(0.9) }, { phone: unknown })
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 60 }), fc.nat(), (scenes, pick) => {
        const frames = scenes.map((one, i) => [i * 400, one] as const)
        const before = play(frames)
        const at = before.findIndex(
          (verdict, i) => i >= pick % scenes.length && held(verdict).includes('phone')
        )
        fc.pre(at > 0 && held(before[at - 1]).includes('phone'))
        const blinded = frames.map((frame, i) =>
          i === at ? ([frame[0], { phone: unknown }] as const) : frame
        )
        expect(held(play(blinded)[at])).toContain('phone')
      })
    )
  })
})
