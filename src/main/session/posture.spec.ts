import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckResult, CheckState } from '../../core/check/check'
import { checkNames } from '../../core/check/names'
import { fitnessOf, type Standing } from '../../core/check/posture'
import { checkRulesSchema, type CheckRules } from '../../core/policy/checks'
import { Posture } from './posture'

const result = (id: string, state: CheckState = 'pass', ageMs = 0): CheckResult => ({
  id,
  area: 'device',
  state,
  evidence: 'seen',
  ageMs,
  remedy: ''
})

function setUp(
  rules: CheckRules = checkRulesSchema.parse({ firewall: { enforcement: 'block', maxAgeMs: 60_000 } })
) {
  let now = 1_000_000
  const told: (readonly Standing[])[] = []
  let asked = 0
  const posture = new Posture({
    now: () => now,
    rules: () => rules,
    changed: (standings) => told.push(standings),
    lookAgain: () => (asked += 1)
  })
  const stateOf = (id: string): CheckState | undefined =>
    posture.standings.find((one) => one.id === id)?.state
  /** Time goes by as it does while the program runs: somebody looks all the time. */
  const wait = (ms: number): void => {
    for (let left = ms; left > 0; left -= 5000) {
      now += Math.min(5000, left)
      posture.look()
    }
  }
  return {
    posture,
    told,
    stateOf,
    wait,
    jump: (ms: number) => (now += ms),
    asked: () => asked,
    unfit: () => fitnessOf(posture.standings).unfit
  }
}

describe('D2: what nobody knows is not well', () => {
  it('blocks before the first answer, and on every answer but a pass', () => {
    const { posture, unfit, stateOf } = setUp()
    expect(stateOf('firewall')).toBe('unknown')
    expect(unfit()).toBe(true)
    for (const state of ['fail', 'unknown', 'error', 'stale'] as const) {
      posture.hear([result('firewall', state)])
      expect(unfit()).toBe(true)
    }
    posture.hear([result('firewall', 'pass')])
    expect(unfit()).toBe(false)
  })

  it('is fit only when every check that blocks has a fresh pass, whatever else was said', () => {
    const answers = fc.array(
      fc.record({
        id: fc.oneof(fc.constantFrom(...checkNames), fc.string({ minLength: 1, maxLength: 20 })),
        state: fc.constantFrom('pass', 'fail', 'unknown', 'error', 'stale'),
        ageMs: fc.nat(3_600_000)
      }),
      { maxLength: 30 }
    )
    const blocking = fc.uniqueArray(fc.constantFrom(...checkNames), { maxLength: 5 })
    fc.assert(
      fc.property(answers, blocking, (given, names) => {
        const rules = checkRulesSchema.parse(
          Object.fromEntries(names.map((name) => [name, { enforcement: 'block', maxAgeMs: 1_800_000 }]))
        )
        const { posture, unfit } = setUp(rules)
        for (const { id, state, ageMs } of given) posture.hear([result(id, state, ageMs)])
        const fresh = names.every((name) => {
          const last = given.findLast(({ id }) => id === name)
          return last?.state === 'pass' && last.ageMs <= 1_800_000
        })
        expect(unfit()).toBe(!fresh)
      })
    )
  })
})

describe('D8: what was known before a sleep counts for nothing', () => {
  it('is stale at once, asked for again, and counts again only when it is heard anew', () => {
    const { posture, unfit, stateOf, asked } = setUp()
    posture.hear(checkNames.map((name) => result(name)))
    posture.expire()
    for (const name of checkNames) expect(stateOf(name)).toBe('stale')
    expect(unfit()).toBe(true)
    expect(asked()).toBe(1)
    posture.hear([result('firewall')])
    expect(unfit()).toBe(false)
  })

  it('is stale after the program stood still, as under SIGSTOP, however short the limit of the rule is', () => {
    const { posture, unfit, jump, asked, stateOf } = setUp()
    posture.look()
    posture.hear(checkNames.map((name) => result(name)))
    jump(20_000)
    posture.look()
    expect(stateOf('clock')).toBe('stale')
    expect(unfit()).toBe(true)
    expect(asked()).toBe(1)
  })

  it('hears nothing that was on its way while the program stood still', () => {
    const { posture, unfit, jump, asked, stateOf } = setUp()
    posture.look()
    posture.hear([result('firewall')])
    jump(20_000)
    posture.hear([result('firewall')])
    expect(stateOf('firewall')).toBe('stale')
    expect(unfit()).toBe(true)
    expect(asked()).toBe(1)
    posture.hear([result('firewall')])
    expect(unfit()).toBe(false)
  })

  it('lets only what a change concerns grow old', () => {
    const { posture, stateOf } = setUp()
    posture.hear(checkNames.map((name) => result(name)))
    posture.expire((name) => name === 'displays')
    expect(stateOf('displays')).toBe('stale')
    expect(stateOf('firewall')).toBe('pass')
  })
})

describe('D9: age is counted on a clock that nobody sets', () => {
  it('makes an answer stale once its rule’s time is over, by the age that it came with', () => {
    const { posture, stateOf, wait } = setUp()
    posture.look()
    posture.hear([result('firewall', 'pass', 30_000)])
    wait(29_000)
    expect(stateOf('firewall')).toBe('pass')
    wait(2000)
    expect(stateOf('firewall')).toBe('stale')
  })

  it('tells each change once', () => {
    const { posture, told, wait } = setUp()
    posture.look()
    posture.hear([result('firewall')])
    const before = told.length
    posture.hear([result('firewall')])
    wait(20_000)
    expect(told).toHaveLength(before)
    wait(50_000)
    expect(told).toHaveLength(before + 1)
  })
})
