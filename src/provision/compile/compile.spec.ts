import { describe, expect, it } from 'vitest'
import { applicationPolicySchema, type ApplicationPolicy } from '../../core/application/policy'
import { demoPolicy } from '../../../test/hub/support/policy'
import { compileFapolicyd } from '../../core/application/compile/fapolicyd'
import { compileTargets } from '../../core/application/compile/targets'
import { compilePolicy } from './targets'

const hash = 'a'.repeat(64)
const policy = applicationPolicySchema.parse({
  response: 'blank',
  otherwise: 'allow-installed',
  rules: [
    { verdict: 'deny', sha256: hash, title: 'A <tool> & "more"' },
    { verdict: 'deny', path: '/opt/remote/**' },
    { verdict: 'deny', path: 'C:\\Tools\\**' },
    { verdict: 'deny', signer: 'KU6W3B6JMZ' },
    { verdict: 'deny', originalName: 'obs64.exe' },
    { verdict: 'allow', path: '/opt/remote/viewer' },
    { verdict: 'deny', name: 'noted-tool', response: 'report' }
  ]
})
const whole = (applications: ApplicationPolicy) => ({ ...demoPolicy('Demo Care', 1), applications })
const compiled = (target: (typeof compileTargets)[number], enforce = true) =>
  compilePolicy(whole(policy), target, { enforce })

describe('a policy compiled for the system’s own enforcement', () => {
  it('fapolicyd asks the most specific first, and lets run what nothing denies', () => {
    const lines = compiled('fapolicyd').text.trimEnd().split('\n')
    expect(lines[0]).toBe(`deny_syslog perm=execute all : sha256hash=${hash}`)
    expect(lines[1]).toBe('allow perm=execute all : path=/opt/remote/viewer')
    expect(lines).toContain('deny_syslog perm=execute all : dir=/opt/remote/')
    expect(lines).toContain('allow_syslog perm=execute all : path=/usr/bin/noted-tool')
    expect(lines.slice(-3)).toEqual([
      'allow perm=execute all : trust=1',
      'deny_syslog perm=execute all : all',
      'allow perm=any all : all'
    ])
    expect(
      lines.every((line) => /^(allow|deny)(_syslog)? perm=(execute|any) all : \S+( \S+)*$/.test(line))
    ).toBe(true)
  })

  it('stops nothing before somebody says so', () => {
    for (const target of ['fapolicyd', 'santa'] as const) {
      expect(compiled(target, false).text).not.toMatch(/deny|BLOCKLIST|BlockedPathRegex/)
    }
    expect(compiled('wdac', false).text).toContain('<Option>Enabled:Audit Mode</Option>')
    expect(compiled('wdac').text).not.toContain('Audit Mode')
    expect(compiled('applocker', false).text).toContain('EnforcementMode="AuditOnly"')
    expect(compiled('applocker').text).toContain('EnforcementMode="Enabled"')
  })

  it('names every rule that a system cannot say', () => {
    const untold = (target: (typeof compileTargets)[number]): string => compiled(target).untold.join('\n')
    expect(untold('fapolicyd')).toMatch(/originalName obs64.exe: .*neither signer/)
    expect(untold('fapolicyd')).toMatch(/C:\\Tools\\\*\*: it is a path of Windows/)
    expect(untold('fapolicyd')).toMatch(/trusts only files that it was told of/)
    expect(untold('santa')).toMatch(/originalName obs64.exe: programs of macOS/)
    expect(untold('wdac')).toMatch(new RegExp(`sha256 ${hash}: .*Authenticode`))
    expect(untold('applocker')).toMatch(/signer KU6W3B6JMZ: .*O=/)
    expect(untold('applocker')).toMatch(/a denial beats every permission/)
  })

  it('Santa gets hashes and teams as rules, and paths as one expression that is one', () => {
    const { text } = compiled('santa')
    expect(text).toContain(
      `<key>rule_type</key><string>BINARY</string><key>identifier</key><string>${hash}</string>`
    )
    expect(text).toContain(
      '<key>rule_type</key><string>TEAMID</string><key>identifier</key><string>KU6W3B6JMZ</string>'
    )
    expect(text).toContain('A &#60;tool&#62; &#38; &#34;more&#34; is not allowed')
    expect(text).toContain('<key>ClientMode</key><integer>2</integer>')
    expect(/<key>BlockedPathRegex<\/key><string>(.*)<\/string>/.exec(text)?.[1]).toContain('/opt/remote/.*')
  })

  it('every identifier is there once, and the same in the next run', () => {
    for (const target of ['wdac', 'applocker'] as const) {
      const { text } = compiled(target)
      const ids = [...text.matchAll(/<(?:Allow|Deny|File\w+Rule) I[dD]="([^"]+)"/g)].map(([, id]) => id)
      expect(ids.length).toBeGreaterThan(50)
      expect(new Set(ids).size).toBe(ids.length)
      expect(compiled(target).text).toBe(text)
    }
    // As cipolicy.xsd writes them (RuleIDType), and as the schema of the AppLocker CSP does (GuidType).
    for (const [, id] of compiled('wdac').text.matchAll(/RuleID="([^"]+)"/g))
      expect(id).toMatch(/^ID_(ALLOW|DENY)_[A-Z][_A-Z0-9]*$/)
    for (const [, id] of compiled('applocker').text.matchAll(/ Id="([^"]+)"/g))
      expect(id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
  })

  it('a policy that would stop the system itself, or says nothing, is refused', () => {
    const wrong = whole({ ...policy, otherwise: 'deny' })
    const silent = { ...demoPolicy('Demo Care', 1), applications: undefined }
    for (const target of compileTargets) {
      expect(() => compilePolicy(wrong, target, { enforce: true })).toThrow('allow-installed')
      expect(() => compilePolicy(silent, target, { enforce: true })).toThrow('nothing to compile')
    }
  })

  it('a program’s name with a space is no rule of fapolicyd’s', () => {
    const rules = [{ verdict: 'deny' as const, name: 'two words' }]
    const { text, untold } = compileFapolicyd({ ...policy, known: [], rules }, { enforce: true })
    expect(text).not.toContain('words')
    expect(untold.join()).toContain('a space or a comma ends the value')
  })
})
