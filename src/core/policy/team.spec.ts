import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { judgedRuleIds, responseSchema, rulesSchema } from '../judgement/rule'
import { defaultRules } from './defaults'
import { policyFor, policySchema, type Policy } from './policy'
import { rulesFor } from './layers'
import { teamsSchema, type Teams } from './team'

const policy = demoPolicy()
/** The rules of one team. */
const rulesOf = (rules: Policy['rules'], teams: Teams | undefined, team: string) =>
  rulesFor({ rules, teams }, { team })
const escalate = { after: 2, withinMs: 60_000, to: 'lock' } as const

describe('the rules of a team', () => {
  it('are the organisation’s where the team says nothing', () => {
    expect(rulesOf(defaultRules, undefined, 'Claims')).toEqual(defaultRules)
    expect(rulesOf(defaultRules, { Claims: { rules: {} } }, 'Claims')).toEqual(defaultRules)
    expect(rulesOf(defaultRules, { Claims: { rules: { phone: { response: 'log' } } } }, 'Nurses')).toEqual(
      defaultRules
    )
  })

  it('differ in exactly the fields that the team names', () => {
    const rules = rulesOf(
      defaultRules,
      { Claims: { rules: { phone: { threshold: 0.3, escalate } } } },
      'Claims'
    )
    expect(rules).toEqual({ ...defaultRules, phone: { ...defaultRules.phone, threshold: 0.3, escalate } })
  })

  it('can take an escalation away', () => {
    const strict = { ...defaultRules, phone: { ...defaultRules.phone, escalate } }
    expect(rulesOf(strict, { Claims: { rules: { phone: { escalate: null } } } }, 'Claims')).toEqual(
      defaultRules
    )
  })

  it('are never those of a name that every object has', () => {
    expect(rulesOf(defaultRules, {}, 'constructor')).toEqual(defaultRules)
  })

  it('name no other team on the desk', () => {
    const teams = { Claims: { rules: { phone: { response: 'log' as const } } }, Nurses: { rules: {} } }
    const mine = policyFor({ ...policy, teams }, 'Claims')
    expect(mine).toEqual({
      ...policy,
      rules: { ...defaultRules, phone: { ...defaultRules.phone, response: 'log' } }
    })
  })

  it('are whole and right whatever a good policy says', () => {
    const override = fc.record(
      {
        response: fc.constantFrom(...responseSchema.options),
        enterMs: fc.nat(60_000),
        cooldownMs: fc.nat(3_600_000)
      },
      { requiredKeys: [] }
    )
    const teams = fc.dictionary(
      fc.constantFrom('Claims', 'Nurses', 'toString'),
      fc.record({ rules: fc.dictionary(fc.constantFrom(...judgedRuleIds), override) })
    )
    fc.assert(
      fc.property(teams, fc.constantFrom('Claims', 'Nurses', 'toString', 'none'), (given, team) => {
        const named = teamsSchema.parse({ ...given })
        expect(rulesSchema.safeParse(rulesOf(defaultRules, named, team)).success).toBe(true)
      })
    )
  })
})

describe('a policy', () => {
  const problems = (document: unknown): readonly string[] => {
    const read = policySchema.safeParse(document)
    return read.success ? [] : read.error.issues.map(({ path }) => path.join('.'))
  }

  it('escalates to something harder only, in every team', () => {
    const mild = { ...escalate, to: 'warn' as const }
    const phone = { ...defaultRules.phone, escalate: mild }
    expect(problems({ ...policy, rules: { ...defaultRules, phone } })).toEqual(['rules.phone.escalate.to'])
    const teams = { Claims: { rules: { phone: { response: 'lock', escalate } } } }
    expect(problems({ ...policy, teams })).toEqual(['teams.Claims.rules.phone.escalate.to'])
  })

  it('names no rule and no field that there is not', () => {
    expect(problems({ ...policy, rules: { ...defaultRules, cat: defaultRules.phone } })).toEqual(['rules'])
    const dark = { ...defaultRules['camera-dark'], threshold: 0.5 }
    expect(problems({ ...policy, rules: { ...defaultRules, 'camera-dark': dark } })).toEqual([
      'rules.camera-dark'
    ])
    expect(problems({ ...policy, teams: { Claims: { rules: { phone: { minutes: 1 } } } } })).toEqual([
      'teams.Claims.rules.phone'
    ])
    const rest = Object.fromEntries(Object.entries(defaultRules).filter(([id]) => id !== 'phone'))
    expect(problems({ ...policy, rules: rest })).toEqual(['rules.phone'])
  })
})
