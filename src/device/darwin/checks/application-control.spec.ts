import { describe, expect, it } from 'vitest'
import { darwinWell, santaStatus } from '../../../../test/checks/darwin-well'
import { denying } from '../../../../test/checks/denying'
import { but, lookAt } from '../../../../test/checks/look-at'
import type { MachineFacts } from '../../../../test/checks/machine'
import { santaSettings } from '../../../core/application/compile/santa'
import type { ApplicationPolicy } from '../../../core/application/policy'
import { applicationControl as check } from './application-control'

const { settings } = santaSettings(denying, { enforce: true })
const managed = (value: object): MachineFacts => ({ tools: { '/usr/bin/plutil': JSON.stringify(value) } })
const status = (facts: Parameters<typeof santaStatus>[0]): MachineFacts => ({
  tools: { '/usr/local/bin/santactl': santaStatus(facts) }
})
async function look(other: MachineFacts, applications: ApplicationPolicy | null = denying): Promise<string> {
  const facts = but(darwinWell['application-control'], other)
  const { state, remedy } = await lookAt(check, facts, {}, applications)
  return `${state} ${remedy.replace('remedy.application-control.', '')}`.trim()
}

describe('D2: whether Santa has the policy’s rules in force', () => {
  const withoutRules = { ClientMode: settings.ClientMode, BlockedPathRegex: settings.BlockedPathRegex }
  it.each<readonly [string, MachineFacts, string]>([
    [
      'exactly ours, in another order of keys',
      managed(Object.fromEntries(Object.entries(settings).toReversed())),
      'pass'
    ],
    ['a rule left out', managed(withoutRules), 'fail other'],
    ['another expression for paths', managed({ ...settings, BlockedPathRegex: '^$' }), 'fail other'],
    ['an older name of a setting beside them', managed({ ...settings, WhitelistRegex: '.*' }), 'fail other'],
    ['those that only note', managed(santaSettings(denying, { enforce: false }).settings), 'fail noting'],
    ['fewer static rules than the profile has', status({ static_rules: 0 }), 'fail restart'],
    ['another mode than the profile’s', status({ mode: 'Standalone' }), 'fail other'],
    ['rules of its own database', status({ binary_rules: 2 }), 'fail other'],
    ['a sync server', status({ sync: true }), 'fail other'],
    [
      'a status of another version',
      { tools: { '/usr/local/bin/santactl': '{"daemon":{"mode":"Monitor"}}' } },
      'error unknown'
    ],
    ['a profile that is a list', managed([]), 'error unknown']
  ])('%s', async (_what, other, expected) => {
    expect(await look(other)).toBe(expected)
  })

  it('wants the mode that runs nothing unknown where only what is installed may run', async () => {
    const strict = { ...denying, otherwise: 'allow-installed' as const }
    const profile = managed(santaSettings(strict, { enforce: true }).settings)
    expect(await look(profile, strict)).toBe('fail other')
    const locked = { tools: { ...profile.tools, ...status({ mode: 'Lockdown' }).tools } }
    expect(await look(locked, strict)).toBe('pass')
  })

  it('D2 fails when Santa could be told none of the denials', async () => {
    const deaf = { ...denying, rules: [{ verdict: 'deny' as const, originalName: 'obs64.exe' }] }
    const profile = managed(santaSettings(deaf, { enforce: true }).settings)
    expect(await look({ tools: { ...profile.tools, ...status({ static_rules: 0 }).tools } }, deaf)).toBe(
      'fail untold'
    )
  })

  it('has nothing in force without a profile, and no answer without Santa', async () => {
    expect(await lookAt(check, {})).toMatchObject({ state: 'fail', remedy: 'remedy.application-control.off' })
    const folders = ['/Library/Managed Preferences/com.northpolesec.santa.plist']
    const { tools } = managed(settings)
    expect(await lookAt(check, { folders, ...(tools === undefined ? {} : { tools }) })).toMatchObject({
      state: 'unknown'
    })
    expect(await look({}, null)).toBe('pass')
  })
})
