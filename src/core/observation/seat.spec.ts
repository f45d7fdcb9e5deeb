import { describe, expect, it } from 'vitest'
import { evidenceOf } from '../judgement/evidence'
import { defaultRules } from '../policy/defaults'
import { nothingKnown } from './camera-truth'
import type { Observation, People } from './observation'
import { asAsked } from './seat'

const observation = (people: People): Observation => ({
  v: 1,
  seq: 0,
  ageMs: 0,
  frame: { width: 640, height: 480 },
  model: 'test',
  backend: 'wasm',
  frameMs: 1,
  phone: { state: 'absent', score: 0 },
  book: { state: 'absent', score: 0 },
  people,
  screen: { state: 'absent', score: 0 },
  looked: true,
  camera: nothingKnown
})
const counted: People & { state: 'counted' } = { state: 'counted', count: 1, scores: [0.9] }
const nobody = (people: People, hasSeat: boolean) =>
  evidenceOf('nobody', asAsked(observation(people), hasSeat), defaultRules).state

describe('people who were counted without a word about the seat', () => {
  it('are no answer where the policy draws one: unknown, never somebody at work', () => {
    expect(nobody(counted, true)).toBe('unknown')
    expect(nobody(counted, false)).toBe('gone')
    expect(nobody({ ...counted, atSeat: 0.9 }, true)).toBe('gone')
    expect(nobody({ ...counted, atSeat: 0 }, true)).toBe('there')
  })
})
