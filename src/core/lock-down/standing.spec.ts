import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeLockDown } from './standing'
import { settingIds, type Held } from './setting'

const policy = { enforcement: 'block' } as const
const answered = (held: readonly Held[]) => ({ kind: 'answered', held, drifted: 0 }) as const
const all = (state: Held['state']): Held[] => settingIds.map((setting) => ({ setting, state, detail: '' }))

describe('D10 the lock-down as a check', () => {
  it('passes when everything asked is held, and only then', () => {
    expect(judgeLockDown(policy, answered(all('held'))).state).toBe('pass')
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            setting: fc.constantFrom(...settingIds),
            state: fc.constantFrom('held' as const, 'degraded' as const, 'failed' as const),
            detail: fc.string({ maxLength: 20 })
          }),
          { maxLength: 12 }
        ),
        (held) => {
          const wellHeld = settingIds.every(
            (setting) => held.find((one) => one.setting === setting)?.state === 'held'
          )
          expect(judgeLockDown(policy, answered(held)).state === 'pass').toBe(wellHeld)
        }
      )
    )
  })

  it('a setting that this system cannot hold is unknown with its reason, unless the policy accepts it', () => {
    const held = [{ setting: 'printing', state: 'degraded', detail: 'no switch' }] as const
    const only = { ...policy, settings: ['printing'] as const }
    const finding = judgeLockDown({ ...only, settings: ['printing'] }, answered(held))
    expect(finding).toMatchObject({ state: 'unknown', remedy: 'remedy.lock-down.degraded' })
    expect(finding.evidence).toContain('printing (no switch)')
    expect(
      judgeLockDown({ ...only, settings: ['printing'], accept: ['printing'] }, answered(held)).state
    ).toBe('pass')
  })

  it('accepting what cannot be held does not accept what failed', () => {
    const held = [{ setting: 'printing', state: 'failed', detail: '' }] as const
    expect(
      judgeLockDown({ ...policy, settings: ['printing'], accept: ['printing'] }, answered(held)).state
    ).toBe('fail')
  })

  it('D2 no service and no answer are no pass', () => {
    expect(judgeLockDown(policy, { kind: 'waiting' }).state).toBe('unknown')
    expect(judgeLockDown(policy, { kind: 'no-service', problem: 'ENOENT' }).state).toBe('error')
  })
})
