import { describe, expect, it } from 'vitest'
import { denying } from '../../../../test/checks/denying'
import { lookAt } from '../../../../test/checks/look-at'
import type { MachineFacts } from '../../../../test/checks/machine'
import { wdacIdentity } from '../../../core/application/compile/wdac'
import type { ApplicationPolicy } from '../../../core/application/policy'
import { compiledFor } from '../../../core/check/judge/application-control'
import { machineSources } from '../../sources/machine-sources'
import { exeRulesOf } from '../applocker-rules'
import { codeIntegrity } from '../code-integrity'
import { applicationControl as check } from './application-control'

const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const wdac = compiledFor(denying, 'wdac')
const ours = wdacIdentity(wdac.enforced)
const none = '<AppLockerPolicy Version="1"></AppLockerPolicy>'

/** Written by us from Microsoft's reference; never captured on Windows. */
const integrity = (usermode: number | null, ...policies: readonly object[]): MachineFacts['service'] => ({
  'code-integrity': { usermode, policies }
})
const machine = (service: MachineFacts['service'], policy = none, running = 4): MachineFacts => ({
  ...(service === undefined ? {} : { service }),
  tools: { [POWERSHELL]: JSON.stringify({ service: running, policy }) }
})
async function look(facts: MachineFacts, applications: ApplicationPolicy | null = denying) {
  const { state, remedy, evidence } = await lookAt(check, facts, {}, applications)
  return `${state} ${remedy.replace('remedy.application-control.', '')} | ${evidence}`
}

describe('D2: whether WDAC has the policy’s rules in force', () => {
  const noting = wdacIdentity(wdac.noting)
  const older = { ...ours, name: `Havendesk ${'0'.repeat(32)}` }
  it.each<readonly [string, MachineFacts, RegExp]>([
    ['ours, enforced', machine(integrity(2, ours)), /^pass {2}\| WDAC/],
    ['ours beside another', machine(integrity(2, { id: 'x', name: 'Office' }, ours)), /^pass/],
    ['ours, and user mode only notes', machine(integrity(1, ours)), /^fail off/],
    ['ours, and nobody tells the mode', machine(integrity(null, ours)), /^unknown unknown/],
    ['ours that only note', machine(integrity(2, noting)), /^fail noting/],
    ['an older compilation', machine(integrity(2, older)), /^fail other/],
    ['another policy with our name', machine(integrity(2, { ...ours, id: 'x' })), /^fail off/],
    ['no policy', machine(integrity(2)), /^fail off/],
    ['no service, and no AppLocker', machine(undefined), /^unknown unknown/]
  ])('%s', async (_, facts, expected) => {
    expect(await look(facts)).toMatch(expected)
  })

  it('D2 fails when Windows could be told none of the denials', async () => {
    const deaf = { ...denying, rules: [{ verdict: 'deny' as const, sha256: 'a'.repeat(64) }] }
    const facts = machine(integrity(2, wdacIdentity(compiledFor(deaf, 'wdac').enforced)))
    expect(await look(facts, deaf)).toMatch(
      /^fail untold \| WDAC: can be told none of the policy’s denials \(1\)/
    )
  })

  it('the name changes with any rule, and with whether it stops anything', () => {
    const other = wdacIdentity(compiledFor({ ...denying, otherwise: 'allow-installed' }, 'wdac').enforced)
    expect(new Set([ours.name, noting.name, other.name]).size).toBe(3)
    expect(new Set([ours.id, noting.id, other.id]).size).toBe(1)
  })
})

describe('D2: whether AppLocker has the policy’s rules in force', () => {
  const { enforced, noting } = compiledFor(denying, 'applocker')
  // As Get-AppLockerPolicy writes it: all in one line, with empty collections of other kinds.
  const effective = enforced
    .replace(/>\s+</g, '><')
    .replaceAll('&#34;', '&quot;')
    .replace(
      '</AppLockerPolicy>',
      '<RuleCollection Type="Dll" EnforcementMode="NotConfigured" /></AppLockerPolicy>'
    )
  const extra =
    '<FilePathRule Id="921cc481-6e17-4653-8f75-050b80acca20" Name="all" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="C:\\Games\\*" /></Conditions></FilePathRule>'
  it.each<readonly [string, MachineFacts, RegExp]>([
    ['exactly ours', machine(integrity(0), effective), /^pass {2}\| AppLocker/],
    ['exactly ours on an older Windows', machine(undefined, effective), /^pass/],
    ['its service does not run', machine(integrity(0), effective, 1), /^fail off/],
    ['ours that only note', machine(integrity(0), noting), /^fail noting/],
    [
      'one more',
      machine(integrity(0), effective.replace('</FilePathRule>', `</FilePathRule>${extra}`)),
      /^fail other/
    ],
    [
      'a path changed under the same id',
      machine(integrity(0), effective.replace('Path="C:\\Remote', 'Path="C:\\Other')),
      /^fail other/
    ],
    [
      'a denial made a permission',
      machine(integrity(0), effective.replace('Action="Deny"', 'Action="Allow"')),
      /^fail other/
    ],
    [
      'an exception to a rule',
      machine(
        integrity(0),
        effective.replace(
          '</Conditions>',
          '</Conditions><Exceptions><FilePathCondition Path="*" /></Exceptions>'
        )
      ),
      /^fail other/
    ],
    [
      'two collections for programs',
      machine(
        integrity(0),
        effective.replace(
          '</AppLockerPolicy>',
          '<RuleCollection Type="Exe" EnforcementMode="AuditOnly" /></AppLockerPolicy>'
        )
      ),
      /^error/
    ],
    ['no rules for programs', machine(integrity(0), none), /^fail off/],
    ['what is no policy', machine(integrity(0), 'Access is denied.'), /^error/]
  ])('%s', async (_, facts, expected) => {
    expect(await look(facts)).toMatch(expected)
  })

  it('is not asked for by a policy that leaves nothing to the system', async () => {
    expect(await look({}, null)).toMatch(/^pass/)
    expect(exeRulesOf(enforced)?.rules.size).toBeGreaterThan(1)
  })
})

describe('CiTool, as the service asks it', () => {
  const limits = { timeoutMs: 1000, maxBytes: 64_000, signal: new AbortController().signal }
  const ask = (answer: object) =>
    codeIntegrity({
      ...machineSources({ limits, serviceSocket: '' }),
      tool: () => Promise.resolve(JSON.stringify(answer))
    })
  const policy = {
    PolicyID: '{A244370E-44C9-4C06-B551-F6016E563076}',
    FriendlyName: 'Ours',
    IsSystemPolicy: false,
    IsSignedPolicy: false,
    IsOnDisk: true,
    IsEnforced: true,
    IsAuthorized: true
  }
  const list = (...policies: readonly object[]) => ({
    usermode: 2,
    policies: JSON.stringify({ OperationResult: 0, Policies: policies })
  })
  it('names what is in force, Windows’ own left out', async () => {
    const id = 'a244370e-44c9-4c06-b551-f6016e563076'
    expect(
      await ask(list(policy, { ...policy, IsSystemPolicy: true }, { ...policy, IsEnforced: false }))
    ).toEqual({
      usermode: 2,
      policies: [{ id, name: 'Ours' }]
    })
  })

  it.each([
    { usermode: 2, policies: null },
    { usermode: 2, policies: '' },
    { usermode: 2, policies: '{"OperationResult":-2147024891}' },
    { usermode: 2, policies: '{"OperationResult":-2147024891,"Policies":[]}' },
    { usermode: 2, policies: '{"OperationResult":0,"Policies":[{"PolicyID":"x"}]}' },
    { usermode: 9, policies: '{"OperationResult":0,"Policies":[]}' }
  ])('cannot tell: %j', async (answer) => {
    await expect(ask(answer)).rejects.toThrow(/CiTool|powershell/)
  })
})
