import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import type { CheckResult } from '../check/check'
import { postureDigest, thresholdDigest, thresholdsOf } from './digest'

const policy = demoPolicy('Demo Care', 1)

test('F1: the thresholds’ digest changes with every threshold and limit, and with nothing else', () => {
  const own = thresholdDigest(policy)
  for (const rule of ['phone', 'book', 'second-screen'] as const) {
    const rules = { ...policy.rules, [rule]: { ...policy.rules[rule], threshold: 0.63 } }
    expect([rule, thresholdDigest({ ...policy, rules }) === own]).toEqual([rule, false])
  }
  for (const limit of [{ maxGapMs: 1234 }, { minWidth: 641 }, { minHeight: 481 }, { minFps: 9 }]) {
    expect(thresholdDigest({ ...policy, sensor: { ...policy.sensor, ...limit } })).not.toBe(own)
  }
  const slower = { ...policy.rules, phone: { ...policy.rules.phone, enterMs: 5000 } }
  expect(thresholdDigest({ ...policy, rules: slower })).toBe(own)
})

test('F1: a person counts from the lower of the two thresholds that are about people', () => {
  const { nobody, 'second-person': second } = policy.rules
  expect(thresholdsOf(policy).person).toBe(Math.min(nobody.threshold, second.threshold))
})

const check: fc.Arbitrary<CheckResult> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 20 }),
  area: fc.constantFrom('camera', 'device', 'network'),
  state: fc.constantFrom('pass', 'fail', 'unknown', 'error', 'stale'),
  evidence: fc.string({ maxLength: 40 }),
  ageMs: fc.nat(),
  remedy: fc.string({ maxLength: 20 })
})

test('F1: no two lists of checks have one digest', () => {
  fc.assert(
    fc.property(fc.array(check, { maxLength: 5 }), fc.array(check, { maxLength: 5 }), (one, other) => {
      const same = JSON.stringify(one.map(inOrder)) === JSON.stringify(other.map(inOrder))
      return (postureDigest(one) === postureDigest(other)) === same
    })
  )
})

const inOrder = ({ id, area, state, evidence, ageMs, remedy }: CheckResult) => [
  id,
  area,
  state,
  evidence,
  ageMs,
  remedy
]
