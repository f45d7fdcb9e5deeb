import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgedRuleIds, responseSchema, rulesSchema } from '../judgement/rule'
import { conflictsOf } from './conflicts'
import { defaultRules } from './defaults'
import { isHarder, rulesFor, type Layered } from './layers'
import { lockedSchema, peopleSchema, teamsSchema } from './team'

const ana = 'ana@demo.example'
const bea = 'bea@demo.example'
const claims = { team: 'Claims', person: ana }
const responses = fc.constantFrom(...responseSchema.options)
const escalations = fc.record({ after: fc.constant(2), withinMs: fc.constant(60_000), to: responses })
const override = fc.record(
  {
    response: responses,
    enterMs: fc.nat(60_000),
    escalate: fc.option(escalations),
    reportOnly: fc.boolean()
  },
  { requiredKeys: [] }
)
const overrides = fc.dictionary(fc.constantFrom(...judgedRuleIds), override)
const layered: fc.Arbitrary<Layered> = fc
  .record({
    locked: fc.record({ rules: overrides }),
    teams: fc.dictionary(
      fc.constantFrom('Claims', 'Nurses'),
      fc.record({ rules: overrides, locked: fc.record({ rules: overrides }) }, { requiredKeys: [] })
    ),
    people: fc.dictionary(fc.constantFrom(ana, bea), fc.record({ rules: overrides }))
  })
  .map(({ locked, teams, people }) => ({
    rules: defaultRules,
    locked: lockedSchema.parse({ ...locked, rules: { ...locked.rules } }),
    teams: teamsSchema.parse(JSON.parse(JSON.stringify(teams))),
    people: peopleSchema.parse(JSON.parse(JSON.stringify(people)))
  }))

describe('the layers of a policy', () => {
  it('lie over one another: organisation, team, person, then what the team locks, then what all have', () => {
    const rules = (enterMs: number) => ({ rules: { phone: { enterMs } } })
    const steps: Omit<Layered, 'rules'>[] = [
      { teams: { Claims: rules(1) } },
      { people: { [ana]: rules(2) } },
      { teams: { Claims: { ...rules(1), locked: rules(3) } } },
      { locked: rules(4) }
    ]
    let policy: Layered = { rules: defaultRules }
    const seen = steps.map((step) => {
      policy = { ...policy, ...step }
      return rulesFor(policy, claims).phone.enterMs
    })
    expect(seen).toEqual([1, 2, 3, 4])
    expect(rulesFor({ ...policy, locked: undefined }, { team: 'Nurses', person: ana }).phone.enterMs).toBe(2)
    expect(rulesFor({ ...policy, locked: undefined }, { team: 'Nurses' }).phone).toEqual(defaultRules.phone)
  })

  it('give whole rules to everybody, whose repeats are never answered more mildly', () => {
    fc.assert(
      fc.property(layered, fc.constantFrom('Claims', 'Nurses', 'toString'), (policy, team) => {
        const rules = rulesFor(policy, { team, person: ana })
        expect(rulesSchema.safeParse(rules).success).toBe(true)
        for (const { response, escalate } of Object.values(rules))
          expect(escalate === undefined || isHarder(escalate.to, response)).toBe(true)
      })
    )
  })

  it('let nobody have otherwise what is locked for all', () => {
    fc.assert(
      fc.property(layered, fc.constantFrom('Claims', 'Nurses'), (policy, team) => {
        const rules = rulesFor(policy, { team, person: ana })
        for (const id of judgedRuleIds) {
          const locked = policy.locked?.rules[id]
          if (locked?.enterMs !== undefined) expect(rules[id].enterMs).toBe(locked.enterMs)
          if (locked?.response !== undefined && locked.reportOnly !== true)
            expect(rules[id].response).toBe(locked.response)
        }
      })
    )
  })

  it('let a rule report only: it is recorded, and nothing follows, however often', () => {
    const escalate = { after: 1, withinMs: 60_000, to: 'lock' } as const
    const rules = { ...defaultRules, phone: { ...defaultRules.phone, escalate, reportOnly: true } }
    expect(rulesFor({ rules }, { team: '' }).phone).toEqual({ ...defaultRules.phone, response: 'log' })
  })

  it('leave what the sensor looks for to team and organisation', () => {
    expect(peopleSchema.safeParse({ [ana]: { rules: { phone: { threshold: 0.9 } } } }).success).toBe(false)
  })
})

describe('a conflict', () => {
  it('is what would turn a locked response into a note', () => {
    const phone = { response: 'blank' } as const
    expect(
      conflictsOf({
        locked: { rules: { phone } },
        people: { [ana]: { rules: { phone: { reportOnly: true } } } }
      })
    ).toEqual([
      {
        path: ['people', ana, 'rules', 'phone', 'reportOnly'],
        lockedBy: ['locked', 'rules', 'phone', 'reportOnly'],
        lockedAs: false
      }
    ])
  })

  it('is told with the paths of both', () => {
    const found = conflictsOf({
      locked: { rules: { phone: { response: 'blank', enterMs: 100 } } },
      teams: {
        Claims: {
          rules: { phone: { response: 'warn', enterMs: 100 } },
          locked: { rules: { book: { exitMs: 1 } } }
        },
        Nurses: { rules: { book: { exitMs: 2 } } }
      },
      people: { [ana]: { rules: { phone: { response: 'log' } } } }
    })
    expect(found.map(({ path, lockedBy }) => [path.join('.'), lockedBy.join('.')])).toEqual([
      ['teams.Claims.rules.phone.response', 'locked.rules.phone.response'],
      [`people.${ana}.rules.phone.response`, 'locked.rules.phone.response']
    ])
  })

  it('is between a team’s own words and its own lock as well', () => {
    const Claims = { rules: { book: { exitMs: 2 } }, locked: { rules: { book: { exitMs: 1 } } } }
    expect(conflictsOf({ teams: { Claims } })).toEqual([
      {
        path: ['teams', 'Claims', 'rules', 'book', 'exitMs'],
        lockedBy: ['teams', 'Claims', 'locked', 'rules', 'book', 'exitMs'],
        lockedAs: 1
      }
    ])
  })
})
