import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckResult, CheckState } from '../core/check/check'
import type { Enforcement } from '../core/check/enforcement'
import { groupedChecks, needing } from './check-groups'

const check = (id: string, state: CheckState, enforcement?: Enforcement): CheckResult => ({
  id,
  area: 'device',
  state,
  evidence: '',
  ageMs: 0,
  remedy: '',
  ...(enforcement === undefined ? {} : { enforcement })
})

describe('the groups of checks', () => {
  it('put first what needs the person, and in it what hides the desk', () => {
    const groups = groupedChecks([
      check('clock', 'pass', 'block'),
      check('tpm', 'fail', 'report'),
      check('usb-storage', 'fail', 'warn'),
      check('antivirus', 'unknown', 'block'),
      check('hub', 'fail')
    ])
    expect(groups.map(({ group, checks }) => [group, checks.map(({ id }) => id)])).toEqual([
      ['needs-you', ['antivirus', 'usb-storage', 'hub']],
      ['reported', ['tpm']],
      ['well', ['clock']]
    ])
  })

  it('lose no check and double none', () => {
    const any = fc.record({
      state: fc.constantFrom<CheckState>('pass', 'fail', 'unknown', 'error', 'stale'),
      enforcement: fc.constantFrom<Enforcement | undefined>('report', 'warn', 'block', undefined)
    })
    fc.assert(
      fc.property(fc.array(any), (given) => {
        const checks = given.map(({ state, enforcement }, at) => check(String(at), state, enforcement))
        const grouped = groupedChecks(checks).flatMap(({ checks: own }) => own)
        expect(grouped.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort())
        expect(needing(checks)).toBe(
          given.filter(({ state, enforcement }) => state !== 'pass' && enforcement !== 'report').length
        )
      })
    )
  })
})
