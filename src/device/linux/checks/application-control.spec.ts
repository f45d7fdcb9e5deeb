import { describe, expect, it } from 'vitest'
import { denying } from '../../../../test/checks/denying'
import { fapolicydCommand, linuxWell, systemdTime } from '../../../../test/checks/linux-well'
import { but, lookAt } from '../../../../test/checks/look-at'
import type { MachineFacts } from '../../../../test/checks/machine'
import { applicationPolicySchema, type ApplicationPolicy } from '../../../core/application/policy'
import { compiledFor } from '../../../core/check/judge/application-control'
import { checkRulesSchema } from '../../../core/policy/checks'
import { SourceError, type Sources } from '../../contract/sources'
import { applicationControl as check } from './application-control'

const well = linuxWell['application-control']
const CONF = '/etc/fapolicyd/fapolicyd.conf'
const RULES = '/etc/fapolicyd/compiled.rules'
const MOUNTS = '/proc/self/mountinfo'
const { enforced, noting } = compiledFor(denying, 'fapolicyd')
const conf = (permissive: string, watched = 'ext4,tmpfs'): MachineFacts => ({
  files: { [CONF]: `permissive = ${permissive}\nwatch_fs = ${watched}\n` }
})
const rules = (text: string): MachineFacts => ({ files: { [RULES]: text } })
const service = (state: string, started: string, command = fapolicydCommand()): MachineFacts => ({
  tools: { '/usr/bin/systemctl': `ActiveState=${state}\n${command}\nExecMainStartTimestamp=${started}\n` }
})
const hourAgo = systemdTime(new Date(Date.now() - 3_600_000))
const soon = systemdTime(new Date(Date.now() + 3_600_000))
const root = '30 1 254:1 / / rw,relatime - ext4 /dev/sda1 rw\n'

async function look(other: MachineFacts, applications: ApplicationPolicy | null = denying) {
  const { state, remedy, evidence } = await lookAt(check, but(well, other), {}, applications)
  return { found: `${state} ${remedy.replace('remedy.application-control.', '')}`.trim(), evidence }
}

describe('D2: whether fapolicyd has the policy’s rules in force', () => {
  const older = compiledFor({ ...denying, rules: denying.rules.slice(1) }, 'fapolicyd').enforced
  it.each<readonly [string, MachineFacts, string]>([
    ['exactly our rules', rules(enforced), 'pass'],
    ['a set of names before them', rules(`%apps=text/x-sh\n${enforced}`), 'pass'],
    ['a rule before them', rules(`allow perm=any all : all\n${enforced}`), 'fail other'],
    ['one of ours left out', rules(enforced.split('\n').slice(1).join('\n')), 'fail other'],
    ['ours in another order', rules(enforced.split('\n').toReversed().join('\n')), 'fail other'],
    ['those of an older policy', rules(older), 'fail other'],
    ['those that only note', rules(noting), 'fail noting'],
    ['no rules', rules('# nothing\n'), 'fail off'],
    [
      'rules that a file of the old name hides',
      { files: { '/etc/fapolicyd/fapolicyd.rules': 'allow perm=any all : all\n' } },
      'fail other'
    ],
    ['permissive', conf('1'), 'fail off'],
    [
      'settings with a word too many',
      { files: { [CONF]: 'permissive = 0 1\nwatch_fs = ext4\n' } },
      'error unknown'
    ],
    ['settings that say nothing of it', { files: { [CONF]: 'watch_fs = ext4,tmpfs\n' } }, 'error unknown'],
    ['stopped', service('inactive', hourAgo), 'fail off'],
    ['failed', service('failed', soon), 'fail off'],
    ['never started', service('inactive', ''), 'fail off'],
    ['started before its rules changed', service('active', hourAgo), 'fail restart'],
    [
      'told on its command line to note only',
      service('active', soon, fapolicydCommand(' --permissive')),
      'fail off'
    ],
    [
      'a variable on its command line',
      service('active', soon, fapolicydCommand(' $OPTIONS')),
      'error unknown'
    ],
    ['active, and its command line is not told', service('active', soon, ''), 'error unknown'],
    [
      'started before old files were put there',
      { ...service('active', hourAgo), aged: [CONF, RULES] },
      'fail restart'
    ],
    ['active since nobody knows when', service('active', ''), 'unknown unknown'],
    ['active, and the time is not told', service('active', 'n/a'), 'unknown unknown'],
    ['a time that is none', service('active', 'yesterday'), 'error unknown'],
    ['a disk it does not watch', conf('0', 'xfs,tmpfs'), 'fail gap'],
    [
      'a stick it does not watch',
      { files: { [MOUNTS]: `${root}31 30 8:17 / /media/agent/USB rw - exfat /dev/sdb1 rw\n` } },
      'fail gap'
    ],
    [
      'a stick on which nothing starts',
      { files: { [MOUNTS]: `${root}31 30 8:17 / /media/agent/USB rw,noexec - exfat /dev/sdb1 rw\n` } },
      'pass'
    ],
    [
      'a place of the one who works that it does not watch',
      { files: { [MOUNTS]: `${root}31 30 0:50 / /run/user/1000 rw,nosuid - ramfs ramfs rw\n` } },
      'fail gap'
    ],
    [
      'what the kernel alone fills',
      { files: { [MOUNTS]: `${root}31 30 0:4 net:[1] /run/netns/a rw - nsfs nsfs rw\n` } },
      'pass'
    ],
    [
      'mounts without a root',
      { files: { [MOUNTS]: '24 30 0:22 / /proc rw - proc proc rw\n' } },
      'error unknown'
    ]
  ])('%s', async (_, other, expected) => {
    const { found, evidence } = await look(other)
    expect(found, evidence).toBe(expected)
  })

  it.each([
    ['/etc/fapolicyd', 'fail'],
    ['/etc/fapolicyd/rules.d', 'fail'],
    ['/elsewhere', 'pass']
  ])('something was taken out of %s after it started: %s', async (changed, state) => {
    const { files, tools } = but(well, {})
    const said = tools?.['/usr/bin/systemctl']
    if (typeof said !== 'string') throw new Error('nothing is said of the service')
    const sources: Partial<Sources> = {
      tool: () => Promise.resolve(said),
      file: (path) => {
        const text = files?.[path]
        return text === undefined
          ? Promise.reject(new SourceError('absent', path))
          : Promise.resolve({ text, modifiedMs: 0 })
      },
      folderChangedMs: (path) => Promise.resolve(path === changed ? Date.now() + 7_200_000 : 0)
    }
    const finding = await check.look(sources as Sources, checkRulesSchema.parse({}), denying)
    expect(finding.state, finding.evidence).toBe(state)
  })

  it('is not there: nothing of the policy is in force', async () => {
    expect(await lookAt(check, { folders: ['/etc'] })).toMatchObject({ state: 'fail' })
    // Nothing can be said of a machine whose settings cannot be listed.
    expect(await lookAt(check, {})).toMatchObject({ state: 'unknown' })
  })

  it('is not asked for by a policy that leaves nothing to the system', async () => {
    expect((await look({}, null)).found).toBe('pass')
    expect((await look({}, applicationPolicySchema.parse({ response: 'warn' }))).found).toBe('pass')
    expect((await look({}, { ...denying, otherwise: 'deny' })).found).toBe('fail impossible')
  })

  it('D2 fails when the system could be told none of the denials, and says how many where it was told some', async () => {
    const deaf = applicationPolicySchema.parse({
      response: 'close',
      known: [],
      rules: [{ verdict: 'deny', originalName: 'obs64.exe' }]
    })
    expect(await look(rules(compiledFor(deaf, 'fapolicyd').enforced), deaf)).toEqual({
      found: 'fail untold',
      evidence: 'fapolicyd: can be told none of the policy’s denials (1)'
    })
    expect((await look({})).evidence).toBe(
      'fapolicyd: the policy’s rules are in force, but 1 of its 3 denials, which it cannot be told'
    )
    const strict = { ...deaf, otherwise: 'allow-installed' as const }
    expect((await look(rules(compiledFor(strict, 'fapolicyd').enforced), strict)).found).toBe('pass')
  })

  it('names no file of a person in its evidence', async () => {
    const mounts = `${root}31 30 8:17 / /home/mary/stick rw - exfat /dev/sdb1 rw\n`
    expect((await look({ files: { [MOUNTS]: mounts } })).evidence).toBe('fapolicyd: does not watch exfat')
  })
})
