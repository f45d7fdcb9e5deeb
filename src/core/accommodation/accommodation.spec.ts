import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { judgedRuleIds, responseSchema } from '../judgement/rule'
import { checkRulesOf } from '../policy/checks'
import { firmRules } from '../policy/firm'
import { isHarder } from '../policy/layers'
import type { Policy } from '../policy/policy'
import { accommodationSchema, type Accommodation } from './accommodation'
import { accommodated, isInForce, whyNot } from './apply'

const written = {
  schema: 1,
  organisation: 'Demo Care',
  id: 'acc-014',
  version: 1,
  person: 'ana@demo.example',
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-12-31T00:00:00Z',
  control: { responses: { phone: 'lock' } },
  kind: 'carer',
  relaxes: { others: 1 }
}
const wrong = (change: object): string =>
  accommodationSchema
    .safeParse({ ...written, ...change })
    .error?.issues.map(({ path }) => path.join('.'))
    .join(' ') ?? ''
const read = (change: object = {}): Accommodation => accommodationSchema.parse({ ...written, ...change })
const policy: Policy = { ...demoPolicy('Demo Care', 1), accommodations: { revoked: [] } }
/** Under a policy that locks nothing. */
const relaxing = (under: Policy, list: readonly Accommodation[]): Policy => accommodated(under, list, [])

describe('an accommodation', () => {
  test.each([
    ['has no control', { control: undefined }, 'control'],
    ['has a control that is empty', { control: {} }, 'control'],
    ['has responses that are none', { control: { responses: {} } }, 'control'],
    [
      'has a control that only warns',
      { control: { responses: { phone: 'warn' } } },
      'control.responses.phone'
    ],
    ['has no end', { expiresAt: undefined }, 'expiresAt'],
    ['is for longer than a year', { expiresAt: '2027-01-03T00:00:00Z' }, 'expiresAt'],
    ['ends before it begins', { expiresAt: '2025-12-31T00:00:00Z' }, 'expiresAt'],
    ['lets four others in', { relaxes: { others: 4 } }, 'relaxes.others'],
    ['relaxes what its kind does not', { relaxes: { usbDrives: 1 } }, 'relaxes.others relaxes'],
    ['is of no known kind', { kind: 'any' }, 'kind'],
    ['is for nobody', { person: 'Ana' }, 'person'],
    ['has a field more', { note: 'her mother' }, '']
  ])('that %s is refused, by its field', (_, change, field) => {
    expect(accommodationSchema.safeParse({ ...written, ...change }).success).toBe(false)
    expect(wrong(change)).toBe(field)
  })

  test('holds for its person and its time alone', () => {
    const one = read()
    const at = Date.parse('2026-06-01T00:00:00Z')
    expect(isInForce(one, 'ana@demo.example', at)).toBe(true)
    expect(isInForce(one, 'ben@demo.example', at)).toBe(false)
    expect(isInForce(one, 'ana@demo.example', Date.parse(one.expiresAt))).toBe(false)
    expect(isInForce(one, 'ana@demo.example', Date.parse(one.issuedAt) - 1)).toBe(false)
  })

  test('relaxes the one thing of its kind', () => {
    const carer = relaxing(policy, [read()])
    expect(carer.rules['second-person'].others).toBe(1)
    const reader = read({ kind: 'screen-reader', relaxes: { programs: ['x11vnc'] } })
    expect(checkRulesOf(relaxing(policy, [reader]))['remote-control'].except).toEqual(['x11vnc'])
    const meter = read({ kind: 'medical-device', relaxes: { usbDrives: 1 } })
    expect(checkRulesOf(relaxing(policy, [meter]))['usb-storage'].maxDrives).toBe(1)
  })

  test('makes stricter what its control names, and what is stricter already stays', () => {
    const control = { responses: { phone: 'lock' }, maxIdleMinutes: 5, maxDisplays: 1 }
    const after = relaxing(policy, [read({ control })])
    expect(after.rules.phone.response).toBe('lock')
    expect(checkRulesOf(after)).toMatchObject({
      'screen-lock': { maxIdleMinutes: 5, enforcement: 'block' },
      displays: { maxCount: 1, enforcement: 'block' }
    })
    const mild = read({ control: { responses: { phone: 'blank' }, maxIdleMinutes: 15, maxDisplays: 4 } })
    expect(relaxing(after, [mild])).toEqual(after)
  })

  test('takes an escalation away only where its own response is as hard as what repeats lead to, and changes no other rule', () => {
    const ids = ['phone', 'book', 'second-person', 'nobody'] as const
    const responses = fc.constantFrom(...responseSchema.options)
    const escalations = fc.record({ after: fc.nat(5), withinMs: fc.constant(60_000), to: responses })
    const controls = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom('blank', 'lock'), { minKeys: 1 })
    const { escalate: none, ...plain } = policy.rules.phone
    expect(none).toBeUndefined()
    fc.assert(
      fc.property(
        responses,
        fc.option(escalations, { nil: undefined }),
        controls,
        (response, escalate, control) => {
          const rule = { ...plain, response, ...(escalate === undefined ? {} : { escalate }) }
          const rules = { ...policy.rules, ...Object.fromEntries(ids.map((id) => [id, rule])) }
          // A medical device relaxes no rule: whatever is different in one is the control's doing.
          const own = { kind: 'medical-device', relaxes: { usbDrives: 1 }, control: { responses: control } }
          const after = relaxing({ ...policy, rules }, [read(own)])
          for (const id of judgedRuleIds) {
            const asked = Object.hasOwn(control, id) ? control[id as 'phone'] : undefined
            if (asked === undefined || !isHarder(asked, rules[id].response)) {
              expect(after.rules[id]).toEqual(rules[id])
              continue
            }
            const stays = escalate !== undefined && isHarder(escalate.to, asked)
            expect(after.rules[id]).toEqual({ ...plain, response: asked, ...(stays ? { escalate } : {}) })
          }
        }
      )
    )
  })

  describe('and a policy that locks', () => {
    const lock = { rules: { 'second-person': { response: 'lock' } } } as const
    const yes = { ...lock, accommodationsMayRelax: true }
    const elsewhere = { rules: { phone: { response: 'lock' } } } as const

    test.each([
      ['the rule, for all', { locked: lock }, true],
      ['the rule, for the team', { teams: { Claims: { locked: lock } } }, true],
      ['the rule without a word of what', { locked: { rules: { 'second-person': {} } } }, true],
      ['the rule, with a no', { locked: { ...lock, accommodationsMayRelax: false } }, true],
      ['the rule, and lets accommodations relax it', { locked: yes }, false],
      [
        'the rule, and lets them, where the team’s lock does not',
        { locked: yes, teams: { Claims: { locked: lock } } },
        true
      ],
      [
        'the rule, where only the team’s lock lets them',
        { locked: lock, teams: { Claims: { locked: yes } } },
        true
      ],
      ['the rule, for another team', { teams: { Nurses: { locked: lock } } }, false],
      ['another rule', { locked: elsewhere }, false],
      ['nothing', {}, false]
    ])('%s', (_, locks, isFirm) => {
      const firm = firmRules(locks, { team: 'Claims' })
      const after = accommodated(policy, [read()], firm)
      expect(firm.includes('second-person')).toBe(isFirm)
      // What does not relax does not make stricter either: the control makes up for something.
      expect(after).toEqual(isFirm ? policy : relaxing(policy, [read()]))
      expect(whyNot(read(), policy, firm)).toBe(isFirm ? 'the policy locks second-person' : null)
    })

    test('leaves the other accommodations of that person alone', () => {
      const meter = read({ id: 'acc-015', kind: 'medical-device', relaxes: { usbDrives: 1 } })
      expect(accommodated(policy, [read(), meter], ['second-person'])).toEqual(relaxing(policy, [meter]))
    })
  })

  test('loosens nothing else, whatever it says and however many there are', () => {
    const response = fc.constantFrom('blank', 'lock')
    const control = fc.record(
      {
        responses: fc.record({ phone: response, book: response, nobody: response }),
        maxIdleMinutes: fc.integer({ min: 1, max: 15 }),
        maxDisplays: fc.integer({ min: 1, max: 4 })
      },
      { requiredKeys: ['responses'] }
    )
    const kind = fc.constantFrom(
      { kind: 'carer', relaxes: { others: 2 } },
      { kind: 'magnifier', relaxes: { programs: ['anydesk'] } },
      { kind: 'medical-device', relaxes: { usbDrives: 2 } }
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(kind, control), { maxLength: 4 }), (all) => {
        const list = all.map(([one, makesUp]) => read({ ...one, control: makesUp }))
        const after = relaxing(policy, list)
        const rank = (id: 'phone' | 'book' | 'nobody' | 'second-person', of = after): number =>
          responseSchema.options.indexOf(of.rules[id].response)
        for (const id of ['phone', 'book', 'nobody', 'second-person'] as const)
          expect(rank(id)).toBeGreaterThanOrEqual(rank(id, policy))
        const before = checkRulesOf(policy)
        const checks = checkRulesOf(after)
        expect(checks['screen-lock'].maxIdleMinutes).toBeLessThanOrEqual(before['screen-lock'].maxIdleMinutes)
        expect(checks.displays.maxCount).toBeLessThanOrEqual(before.displays.maxCount)
        const same = { rules: policy.rules, checks: policy.checks }
        expect({ ...after, ...same }).toEqual({ ...policy, ...same })
        expect({ ...checks, 'screen-lock': 0, displays: 0, 'remote-control': 0, 'usb-storage': 0 }).toEqual({
          ...before,
          'screen-lock': 0,
          displays: 0,
          'remote-control': 0,
          'usb-storage': 0
        })
      })
    )
  })
})
