import { beforeEach, describe, expect, test } from 'vitest'
import { program } from '../../../test/applications/program'
import { demoPolicy } from '../../../test/hub/support/policy'
import { decide } from '../../core/application/decide'
import { applicationPolicySchema, ruleLayersOf } from '../../core/application/policy'
import { supportSchema } from '../../core/policy/support'
import type { Policy } from '../../core/policy/policy'
import { SupportMode } from './support-mode'

const helper = { verdict: 'allow', path: '/usr/bin/rustdesk' } as const
const started = Date.UTC(2026, 10, 27, 10)
const policyOf = (more: object = {}): Policy => ({
  ...demoPolicy('Demo Care', 1),
  applications: applicationPolicySchema.parse({ rules: [{ verdict: 'deny', name: 'rustdesk' }], ...more }),
  supervision: { support: supportSchema.parse({ seconds: 120, rules: [helper] }) }
})

let now: number
let wall: number
let policy: Policy | null
let events: string[]
let support: SupportMode
beforeEach(() => {
  now = 0
  wall = started
  policy = policyOf()
  events = []
  support = new SupportMode({
    clock: { now: () => now, label: (at) => new Date(wall + at - now).toISOString() },
    policy: () => policy,
    event: (label) => events.push(label),
    changed: () => undefined
  })
})

const rustdesk = program({ path: '/usr/bin/rustdesk', names: ['rustdesk'] })
const mayRun = (): boolean => {
  const { applications } = support.applied(policy ?? policyOf())
  if (applications === undefined) throw new Error('nothing is looked at')
  return decide(rustdesk, ruleLayersOf(applications)).kind === 'allowed'
}
const pass = (ms: number): void => {
  now += ms
  wall += ms
  support.look()
}

describe('support mode', () => {
  test('lets the named programs run for as long as the signed policy says, and no longer', () => {
    expect(mayRun()).toBe(false)
    expect(support.begin('Demo Supervisor 1')).toBe(true)
    expect(support.view()).toEqual({
      by: 'Demo Supervisor 1',
      until: new Date(started + 120_000).toISOString()
    })
    pass(119_000)
    expect(mayRun()).toBe(true)
    pass(1000)
    expect([mayRun(), support.view(), events]).toEqual([false, null, ['began for 120 s', 'ended: time-over']])
  })

  test('is not lengthened by a wall clock that is set back, and is over after a sleep', () => {
    support.begin('Demo Supervisor 1')
    wall -= 3_600_000
    pass(120_000)
    expect(mayRun()).toBe(false)
    support.begin('Demo Supervisor 1')
    wall += 300_000 // the monotonic clock stood still
    support.look()
    expect(mayRun()).toBe(false)
  })

  test('does not exist without the policy’s word, and ends with it, with the session and at the person’s wish', () => {
    policy = demoPolicy('Demo Care', 2)
    expect(support.begin('Demo Supervisor 1')).toBe(false)
    for (const why of ['signed-out', 'ended-here'] as const) {
      policy = policyOf()
      support.begin('Demo Supervisor 1')
      support.end(why)
      expect([mayRun(), events.at(-1)]).toEqual([false, `ended: ${why}`])
    }
    support.begin('Demo Supervisor 1')
    policy = demoPolicy('Demo Care', 3)
    support.look()
    expect(events.at(-1)).toBe('ended: policy-changed')
  })

  test('never lets run what the policy locks, and takes no rule that denies', () => {
    policy = policyOf({ locked: [{ verdict: 'deny', name: 'rustdesk' }] })
    support.begin('Demo Supervisor 1')
    expect(mayRun()).toBe(false)
    const denies = supportSchema.safeParse({ rules: [{ verdict: 'deny', name: 'rustdesk' }] })
    expect(denies.error?.issues[0]?.path).toEqual(['rules', 0, 'verdict'])
    expect(supportSchema.safeParse({ seconds: 301, rules: [helper] }).success).toBe(false)
  })
})
