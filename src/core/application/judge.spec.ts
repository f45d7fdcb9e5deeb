import { describe, expect, it } from 'vitest'
import { judgeApplications, outcomeOf } from './judge'
import { knownKinds, knownRules } from './known'
import { program } from '../../../test/applications/program'
import { applicationPolicySchema, applicationsFor, unknownOf, type ApplicationPolicy } from './policy'

const policy = (fields: Partial<ApplicationPolicy> = {}): ApplicationPolicy => ({
  ...applicationPolicySchema.parse({}),
  ...fields
})
const obs = program({ key: '9:1', path: '/usr/bin/obs', names: ['obs'] })

describe('what runs, under a policy', () => {
  it('D1 is denied by the list that Havendesk brings, and by default only reported', () => {
    const verdict = judgeApplications(policy(), [program(), obs])
    expect(verdict).toMatchObject({ state: 'fail', evidence: 'OBS Studio' })
    expect(verdict.found).toEqual([
      { key: '9:1', title: 'OBS Studio', file: 'obs', response: 'report', disguised: false, closable: true }
    ])
    expect(outcomeOf(policy(), verdict)).toEqual({
      denied: false,
      warned: false,
      noted: true,
      unknown: false
    })
  })

  it('passes only when something was looked at and nothing is denied', () => {
    expect(judgeApplications(policy(), [program()]).state).toBe('pass')
    expect(judgeApplications(policy(), []).state).toBe('error')
  })

  it('D2 what could not be read is no pass, and hides where a program could', () => {
    const strict = policy({ response: 'blank' })
    const verdict = judgeApplications(strict, [program({ path: undefined })])
    expect(verdict).toMatchObject({ state: 'unknown', unread: 1 })
    expect(outcomeOf(strict, verdict).unknown).toBe(true)
    expect(outcomeOf(policy({ response: 'blank', unknown: 'report' }), verdict).unknown).toBe(false)
    expect(unknownOf(policy())).toBe('report')
    expect(unknownOf(policy({ rules: [{ verdict: 'deny', name: 'x1', response: 'close' }] }))).toBe('blank')
  })

  it('names nothing to the hub that a person chose', () => {
    const rules = [{ verdict: 'deny' as const, sha256: 'a'.repeat(64), title: 'AnyDesk' }]
    const secret = program({ path: '/home/me/mary-smith-records' })
    expect(judgeApplications(policy({ rules }), [secret]).evidence).toBe('AnyDesk')
    expect(judgeApplications(policy({ rules }), [{ ...secret, gone: 'deleted' }]).evidence).toBe(
      'AnyDesk, disguised'
    )
    const { evidence } = judgeApplications(policy({ otherwise: 'deny' }), [secret])
    expect(evidence).not.toMatch(/mary/)
  })

  it('what is to be closed and stays hides the desk, and what cannot be closed does at once', () => {
    const closing = policy({ response: 'close' })
    const verdict = judgeApplications(closing, [obs])
    expect(outcomeOf(closing, verdict)).toMatchObject({ denied: false, warned: true })
    expect(outcomeOf(closing, verdict, new Set(['9:1']))).toMatchObject({ denied: true, warned: false })
    const others = judgeApplications(closing, [{ ...obs, closable: false }])
    expect(outcomeOf(closing, others).denied).toBe(true)
  })
})

describe('the list that Havendesk brings', () => {
  it('has each name once, in the form that is compared', () => {
    const names = knownRules(knownKinds).map(({ name }) => name ?? '')
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toBe(name.toLowerCase().replace(/\.exe$/, ''))
    expect(names.length).toBeGreaterThan(120)
  })

  it('gives way to a rule that names the same program', () => {
    const rules = [{ verdict: 'allow' as const, name: 'obs' }]
    expect(judgeApplications(policy({ rules }), [obs]).state).toBe('pass')
  })
})

describe('layers of a policy', () => {
  const deny = { rules: [{ verdict: 'deny' as const, name: 'sleep' }] }
  const allow = { rules: [{ verdict: 'allow' as const, name: 'sleep' }] }
  it('a person before a team before the organisation, and a lock before all', () => {
    const organisation = policy({ rules: deny.rules })
    const state = (...layers: Parameters<typeof applicationsFor>[1]) =>
      judgeApplications(applicationsFor(organisation, layers) ?? policy(), [program()]).state
    expect(state()).toBe('fail')
    expect(state(undefined, allow)).toBe('pass')
    const locked = applicationsFor(policy({ locked: deny.rules }), [allow])
    expect(judgeApplications(locked ?? policy(), [program()]).state).toBe('fail')
    expect(applicationsFor(undefined, [allow])).toBeUndefined()
  })
})

describe('a rule', () => {
  const problems = (rule: object): readonly string[] => {
    const read = applicationPolicySchema.safeParse({ rules: [rule] })
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }
  it('names a program, and a response only where something follows', () => {
    expect(problems({ verdict: 'deny' })[0]).toMatch(/^rules\.0: it names no program/)
    expect(problems({ verdict: 'allow', name: 'obs', response: 'blank' })[0]).toMatch(/^rules\.0\.response/)
    expect(problems({ verdict: 'deny', sha256: 'ABC' })[0]).toMatch(/^rules\.0\.sha256: 64 hex/)
    expect(problems({ verdict: 'deny', path: 'bin/obs' })[0]).toMatch(/^rules\.0\.path/)
    expect(problems({ verdict: 'deny', path: '/usr/../bin/obs' })[0]).toMatch(/^rules\.0\.path/)
    expect(problems({ verdict: 'deny', name: '/usr/bin/obs' })[0]).toMatch(/^rules\.0\.name/)
    expect(problems({ verdict: 'deny', path: 'C:\\Tools\\**', response: 'close' })).toEqual([])
  })
})
