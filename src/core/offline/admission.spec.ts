import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  admissionOf,
  countTry,
  forgiveTries,
  MAX_TRIES,
  validUntil,
  waitAfter,
  type Circumstances,
  type KnownPerson
} from './admission'

const HOUR = 3_600_000
const START = Date.UTC(2026, 5, 1)
const known: KnownPerson = {
  person: { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' },
  email: 'ana@care.example',
  policyVersion: 4,
  program: 'a'.repeat(64),
  confirmedAt: START,
  seenAt: START,
  tries: 0,
  waitUntil: 0,
  suspended: false
}
const policy = { version: 4, hubGraceMs: 24 * HOUR, offlineSignIn: { maxHours: 8 } }
const good: Circumstances = { now: START + HOUR, policy, program: known.program, trusted: true }

describe('D13 signing in without the hub', () => {
  it('D13 is possible for the person, the policy, the program and the hours that the hub confirmed', () => {
    expect(admissionOf(known, good)).toEqual({ kind: 'try' })
  })

  it.each([
    ['nobody is known', null, {}, 'nobody-known'],
    [
      'the policy does not allow it',
      known,
      { policy: { ...policy, offlineSignIn: undefined } },
      'not-allowed'
    ],
    ['there is no policy, or it lapsed', known, { policy: null }, 'not-allowed'],
    ['another policy is in force', known, { policy: { ...policy, version: 5 } }, 'other-policy'],
    ['another program runs', known, { program: 'b'.repeat(64) }, 'other-program'],
    ['the program cannot be measured', known, { program: null }, 'other-program'],
    ['the hub shut this workstation out', known, { trusted: false }, 'distrusted'],
    ['the hub did not believe it in an earlier run', { ...known, suspended: true }, {}, 'distrusted'],
    ['the hours are over', known, { now: START + 8 * HOUR }, 'too-late'],
    ['the grace is over', known, { policy: { ...policy, hubGraceMs: HOUR } }, 'too-late'],
    ['the clock was set back', { ...known, seenAt: START + 9 * HOUR }, { now: START + 1 }, 'too-late'],
    ['too many tries were wrong', { ...known, tries: MAX_TRIES }, {}, 'nobody-known']
  ] as const)('D13 is not when %s', (_, who, change, why) => {
    expect(admissionOf(who, { ...good, ...change })).toEqual({ kind: 'no', why })
  })

  it('D13 lasts for the smaller of hours and grace, 0 to 24 h, to the millisecond', () => {
    const hours = fc.integer({ min: 1, max: 24 })
    const graces = fc.integer({ min: 0, max: 24 * HOUR })
    fc.assert(
      fc.property(hours, graces, fc.integer({ min: 0, max: 25 * HOUR }), (maxHours, hubGraceMs, awayMs) => {
        const rules = { version: 4, hubGraceMs, offlineSignIn: { maxHours } }
        const admission = admissionOf(known, { ...good, policy: rules, now: START + awayMs })
        expect(admission.kind === 'try').toBe(awayMs < Math.min(maxHours * HOUR, hubGraceMs))
        expect(validUntil(known, rules)).toBe(START + Math.min(maxHours * HOUR, hubGraceMs))
      })
    )
  })

  it('D13 lets at most ten wrong passwords in a row be looked at, whatever the clock says between them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -HOUR, max: HOUR }), { maxLength: 200 }), (steps) => {
        let one = known
        let now = START
        let looked = 0
        for (const step of steps) {
          now += step
          if (admissionOf(one, { ...good, now }).kind !== 'try') continue
          one = countTry(one, now)
          looked += 1
        }
        expect(looked).toBeLessThanOrEqual(MAX_TRIES)
      })
    )
  })

  it('D13 waits twice as long after each further one, and forgives after a right one', () => {
    expect([1, 2, 3, 4, 5, 9].map(waitAfter)).toEqual([0, 0, 0, 30_000, 60_000, 960_000])
    const fourth = [1, 2, 3, 4].reduce((one) => countTry(one, good.now), known)
    expect(admissionOf(fourth, good)).toEqual({ kind: 'wait', until: good.now + 30_000 })
    expect(admissionOf(fourth, { ...good, now: good.now + 30_000 })).toEqual({ kind: 'try' })
    expect(admissionOf(forgiveTries(fourth), good)).toEqual({ kind: 'try' })
  })
})
