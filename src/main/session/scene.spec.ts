import { describe, expect, it, vi } from 'vitest'
import type { Observation } from '../../core/observation/observation'
import { nothingKnown } from '../../core/observation/camera-truth'
import { defaultRules } from '../../core/policy/defaults'
import type { Rules } from '../../core/judgement/rule'
import { Scene } from './scene'

const rules: Rules = { ...defaultRules, phone: { ...defaultRules.phone, enterMs: 0, exitMs: 1000 } }

const observation = (seq: number, ageMs = 0, phone = 0.02): Observation => ({
  v: 1,
  seq,
  ageMs,
  frame: { width: 640, height: 480 },
  model: 'test@1#000000000000',
  backend: 'wasm',
  frameMs: 1,
  phone: phone > 0.5 ? { state: 'present', score: phone, share: 0.1 } : { state: 'absent', score: phone },
  book: { state: 'absent', score: 0.02 },
  people: { state: 'counted', count: 1, scores: [0.9] },
  screen: { state: 'absent', score: 0.02 },
  looked: true,
  camera: nothingKnown
})

function setUp(withRules: Rules | null = rules) {
  let now = 10_000
  const judged = vi.fn()
  const alive = vi.fn()
  const scene = new Scene({
    policy: () => withRules && { rules: withRules, sensor: { maxGapMs: 2000 } },
    maxGapMs: () => 2000,
    now: () => now,
    judged,
    alive
  })
  return { scene, judged, alive, pass: (ms: number) => (now += ms) }
}

describe('Scene', () => {
  it('judges each newer observation and tells when its frame was caught', () => {
    const { scene, judged, alive } = setUp()
    scene.observe(observation(1, 120, 0.9))
    expect(alive).toHaveBeenCalledWith(9880)
    expect(judged.mock.calls[0]?.[0]).toMatchObject({ complete: true, findings: [{ rule: 'phone' }] })
    expect(scene.model).toBe('test@1#000000000000')
  })

  it.each([
    ['a repeated one', observation(5)],
    ['an older one', observation(4)],
    ['a stale one', observation(6, 2001)]
  ])('%s proves nothing', (_title, late) => {
    const { scene, judged, alive } = setUp()
    scene.observe(observation(5))
    scene.observe(late)
    expect(judged).toHaveBeenCalledOnce()
    expect(alive).toHaveBeenCalledOnce()
  })

  it('counts from the beginning after the sensor started anew, and keeps its dwells', () => {
    const { scene, judged, pass } = setUp()
    scene.observe(observation(50, 0, 0.9))
    scene.sensorRestarted()
    pass(100)
    scene.observe(observation(0))
    expect(judged.mock.calls[1]?.[0].findings).toMatchObject([{ rule: 'phone' }])
  })

  it('gives no verdict without a policy, but knows that the sensor lives', () => {
    const { scene, judged, alive } = setUp(null)
    scene.observe(observation(1))
    expect(alive).toHaveBeenCalledOnce()
    expect(judged).not.toHaveBeenCalled()
  })

  it('hands on every look that counts, with the instant it is judged at', () => {
    const looked = vi.fn()
    const scene = new Scene({
      policy: () => ({ rules, sensor: { maxGapMs: 3000 } }),
      maxGapMs: () => 2000,
      now: () => 10_000,
      judged: vi.fn(),
      alive: vi.fn(),
      looked
    })
    scene.observe(observation(1, 120))
    scene.observe(observation(1))
    expect(looked.mock.calls).toEqual([[{ at: 9880, observation: observation(1, 120) }]])
  })

  it('starts a new session without the alerts of the one before', () => {
    const { scene, judged, pass } = setUp()
    const look = (seq: number, phone = 0.02): void => {
      pass(500)
      scene.observe(observation(seq, 0, phone))
    }
    const count = (): unknown => judged.mock.calls.at(-1)?.[0].findings[0]?.count
    look(1, 0.9)
    for (let seq = 2; seq < 6; seq += 1) look(seq)
    look(6, 0.9)
    expect(count()).toBe(2)
    for (let seq = 7; seq < 12; seq += 1) look(seq)
    scene.newSession()
    look(12, 0.9)
    expect(count()).toBe(1)
  })
})
