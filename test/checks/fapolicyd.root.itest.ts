import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { applicationPolicySchema, type ApplicationPolicy } from '../../src/core/application/policy'
import { compiledFor } from '../../src/core/check/judge/application-control'
import { applicationControl } from '../../src/device/linux/checks/application-control'
import { requires } from '../requires'
import { FapolicydRig } from './fapolicyd/rig'
import { linuxWell } from './linux-well'
import { but, lookAt } from './look-at'

let rig: FapolicydRig | null = null
beforeEach((context) => {
  requires(context, 'linux', 'root', 'debian', 'own-mounts')
  rig ??= new FapolicydRig()
})
afterAll(() => rig?.remove())

const REFUSED = 126
/** A program of this machine; what is appended makes it another file and no other program. */
const program = (mark: string): Buffer => Buffer.concat([readFileSync('/bin/true'), Buffer.from(mark)])
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const wanted = program('wanted')
const denied = program('denied')
const programs = {
  ordinary: program('ordinary'),
  'by-hash': denied,
  'renamed-copy': denied,
  'remote/tool': program('tool'),
  'remote/viewer': program('viewer')
}

function prepared(otherwise: ApplicationPolicy['otherwise'] = 'allow') {
  if (rig === null) throw new Error('there is no rig')
  const policy = applicationPolicySchema.parse({
    response: 'close',
    otherwise,
    known: [],
    rules: [
      { verdict: 'deny', sha256: hashOf(denied) },
      { verdict: 'deny', path: join(rig.watched, 'remote/**') },
      { verdict: 'allow', path: join(rig.watched, 'remote/viewer') }
    ]
  })
  return { rig, policy, ...compiledFor(policy, 'fapolicyd') }
}

describe('compiled rules in a real fapolicyd', () => {
  it('D1 stop what is denied, renamed or not, and nothing else', () => {
    const { rig, enforced } = prepared()
    expect(rig.run({ programs, rules: enforced }).codes).toMatchObject({
      ordinary: 0,
      'by-hash': REFUSED,
      'renamed-copy': REFUSED,
      'remote/tool': REFUSED,
      'remote/viewer': 0
    })
  })

  it('stop nothing while they only note, or while fapolicyd is permissive', () => {
    const { rig, enforced, noting } = prepared()
    const all = { ordinary: 0, 'by-hash': 0, 'renamed-copy': 0, 'remote/tool': 0, 'remote/viewer': 0 }
    expect(rig.run({ programs, rules: noting }).codes).toMatchObject(all)
    expect(rig.run({ programs, rules: enforced, permissive: true }).codes).toMatchObject(all)
  })

  it('where only what is installed may run: what fapolicyd was not told to trust is refused, the system included', () => {
    const { rig, enforced } = prepared('allow-installed')
    const some = { trusted: wanted, brought: program('brought') }
    const line = `${join(rig.watched, 'trusted')} ${String(wanted.length)} ${hashOf(wanted)}\n`
    expect(rig.run({ programs: some, rules: enforced, trust: line }).codes).toMatchObject({
      trusted: 0,
      brought: REFUSED
    })
    expect(rig.run({ programs: some, rules: enforced }).codes).toMatchObject({ trusted: REFUSED })
  })

  it('do not stop what the dynamic linker starts: docs/security.md says so', () => {
    const { rig, enforced } = prepared()
    expect(rig.run({ programs, rules: enforced }).codes).toMatchObject({ 'by-hash': REFUSED, linker: 0 })
  })

  it('D2 are known by the check in what fagenrules made of them, and missed there when they are not', async () => {
    const { rig, enforced, noting, policy } = prepared()
    const look = async (rules: string, permissive = false) => {
      const { compiled, settings } = rig.run({ programs, rules, permissive })
      const files = {
        '/etc/fapolicyd/compiled.rules': compiled,
        '/etc/fapolicyd/fapolicyd.conf': settings,
        '/proc/self/mountinfo': '30 1 0:31 / / rw - ramfs none rw\n'
      }
      const machine = but(linuxWell['application-control'], { files })
      const { state, remedy } = await lookAt(applicationControl, machine, {}, policy)
      return `${state} ${remedy.replace('remedy.application-control.', '')}`.trim()
    }
    expect(await look(enforced)).toBe('pass')
    expect(await look(enforced, true)).toBe('fail off')
    expect(await look(noting)).toBe('fail noting')
    expect(await look(enforced.split('\n').slice(1).join('\n'))).toBe('fail other')
  })
})
