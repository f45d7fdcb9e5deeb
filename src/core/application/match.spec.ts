import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide'
import { matches, specificityOf } from './match'
import { program } from '../../../test/applications/program'
import { applicationRuleSchema, type ApplicationRule } from './rule'

const deny = (rule: Omit<ApplicationRule, 'verdict'>): ApplicationRule => ({ verdict: 'deny', ...rule })
const allow = (rule: Omit<ApplicationRule, 'verdict'>): ApplicationRule => ({ verdict: 'allow', ...rule })
const only = (...rules: ApplicationRule[]) => ({ locked: [], layers: [rules], otherwise: 'allow' as const })

describe('D1 a program is denied by whatever it is known by', () => {
  const anydesk = deny({ name: 'AnyDesk.exe' })
  it.each([
    ['its file', program({ path: '/home/me/AnyDesk' })],
    ['a file of Windows', program({ path: 'C:\\Users\\me\\ANYDESK.EXE' })],
    ['what it calls itself', program({ names: ['anydesk'] })],
    ['the name it was started by', program({ names: ['sleep', '/opt/x/anydesk'] })],
    ['a file that is deleted', program({ path: '/tmp/anydesk', gone: 'deleted' })],
    ['a name in memory', program({ path: null, names: ['anydesk'], gone: 'in-memory' })]
  ])('%s', (_, one) => {
    expect(matches(anydesk, one)).toBe('yes')
  })

  it('a name that the kernel cut off counts only while the file cannot be read', () => {
    const long = deny({ name: 'gnome-remote-desktop-daemon' })
    expect(matches(long, program({ path: undefined, names: ['gnome-remote-de'] }))).toBe('yes')
    expect(matches(long, program({ path: '/usr/bin/gnome-remote-decoy', names: ['gnome-remote-de'] }))).toBe(
      'no'
    )
  })

  it('a hash finds it under every other name', () => {
    const rule = deny({ sha256: 'a'.repeat(64) })
    expect(matches(rule, program({ path: null, names: ['firefox'], gone: 'in-memory' }))).toBe('yes')
    expect(matches(rule, program({ sha256: 'b'.repeat(64) }))).toBe('no')
    expect(matches(rule, program({ sha256: undefined }))).toBe('unknown')
  })

  it('nobody is allowed by a name of their own choice', () => {
    const rule = allow({ name: 'obs' })
    expect(matches(rule, program({ path: '/usr/bin/obs' }))).toBe('yes')
    expect(matches(rule, program({ names: ['obs'] }))).toBe('no')
    expect(matches(rule, program({ path: '/usr/bin/obs', gone: 'deleted' }))).toBe('no')
    expect(matches(rule, program({ path: undefined, names: ['obs'] }))).toBe('unknown')
  })

  it('a star stays within its folder, two do not, and capitals count where the system counts them', () => {
    const at = (path: string, one: string) => matches(deny({ path }), program({ path: one }))
    expect(at('/opt/*/run', '/opt/tool/run')).toBe('yes')
    expect(at('/opt/*/run', '/opt/tool/deep/run')).toBe('no')
    expect(at('/opt/**', '/opt/tool/deep/run')).toBe('yes')
    expect(at('/opt/a.b', '/opt/axb')).toBe('no')
    expect(at('/opt/Tool', '/opt/tool')).toBe('no')
    expect(at('C:\\Tools\\**', 'c:\\tools\\x\\y.exe')).toBe('yes')
  })

  it('every criterion of a rule has to hold', () => {
    const rule = deny({ name: 'sleep', signer: 'Maker' })
    expect(matches(rule, program())).toBe('no')
    expect(matches(rule, program({ signer: 'maker' }))).toBe('yes')
    expect(matches(rule, program({ signer: undefined }))).toBe('unknown')
  })
})

describe('the most specific rule wins', () => {
  const hash = 'a'.repeat(64)
  const ladder = [
    { sha256: hash },
    { path: '/usr/bin/sleep' },
    { signer: 'Maker' },
    { originalName: 'sleep' },
    { name: 'sleep' },
    { path: '/usr/bin/*' },
    { path: '/usr/**' }
  ]
  const one = program({ signer: 'Maker', originalName: 'sleep' })

  it('a hash before a path, a signer, the maker’s name, the name, and a path with stars', () => {
    const numbers = ladder.map((rule) => specificityOf(deny(rule)))
    expect(numbers).toEqual([...numbers].sort((left, right) => right - left))
    ladder.forEach((above, index) => {
      for (const below of ladder.slice(index + 1)) {
        expect(decide(one, only(allow(above), deny(below))).kind).toBe('allowed')
        expect(decide(one, only(deny(above), allow(below))).kind).toBe('denied')
      }
    })
  })

  it('among equals a denial, whatever stands first', () => {
    for (const rules of [
      [allow({ name: 'sleep' }), deny({ name: 'nap' })],
      [deny({ name: 'nap' }), allow({ name: 'sleep' })]
    ])
      expect(decide(program({ names: ['nap'] }), only(...rules)).kind).toBe('denied')
  })

  it('among equals the higher layer, and a locked rule before everything', () => {
    const layers = [[allow({ name: 'sleep' })], [deny({ name: 'sleep' })]]
    expect(decide(program(), { locked: [], layers, otherwise: 'allow' }).kind).toBe('allowed')
    const locked = [deny({ path: '/usr/**' })]
    expect(decide(program(), { locked, layers: [[allow({ sha256: hash })]], otherwise: 'allow' }).kind).toBe(
      'denied'
    )
  })
})

describe('what nobody could read', () => {
  it('is never allowed while a denial may hold', () => {
    const rule = deny({ sha256: 'a'.repeat(64) })
    expect(decide(program({ sha256: undefined }), only(rule)).kind).toBe('unknown')
    expect(decide(program({ sha256: undefined }), only(rule, allow({ name: 'sleep' }))).kind).toBe('unknown')
    expect(decide(program({ sha256: undefined }), only(deny({ name: 'sleep' }), rule)).kind).toBe('denied')
  })

  it('does not get allowed by a rule that may hold', () => {
    const layers = { locked: [], layers: [[allow({ name: 'sleep' })]], otherwise: 'deny' as const }
    expect(decide(program({ path: undefined }), layers).kind).toBe('denied')
    expect(decide(program(), layers).kind).toBe('allowed')
  })

  it('is no installed program', () => {
    const layers = { locked: [], layers: [], otherwise: 'allow-installed' as const }
    expect(decide(program({ installed: undefined }), layers).kind).toBe('unknown')
    expect(decide(program({ installed: false }), layers).kind).toBe('denied')
    expect(decide(program({ gone: 'in-memory', path: null }), layers).kind).toBe('denied')
    expect(decide(program({ own: true, installed: false }), layers).kind).toBe('allowed')
  })
})

describe('for any rules', () => {
  const fact = fc.constantFrom('one', 'two', null, undefined)
  const anyProgram = fc.record({
    path: fc.constantFrom('/a/one', '/a/two', '/b/one', null, undefined),
    names: fc.array(fc.constantFrom('one', 'two'), { maxLength: 2 }),
    sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64), undefined),
    signer: fact,
    originalName: fact,
    installed: fc.constantFrom(true, false, undefined),
    gone: fc.constantFrom(null, 'deleted' as const, 'in-memory' as const)
  })
  const anyRule = fc
    .record(
      {
        verdict: fc.constantFrom('allow' as const, 'deny' as const),
        sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
        path: fc.constantFrom('/a/one', '/a/*', '/**'),
        signer: fc.constantFrom('one', 'two'),
        originalName: fc.constantFrom('one', 'two'),
        name: fc.constantFrom('one', 'two')
      },
      { requiredKeys: ['verdict'] }
    )
    .filter((rule) => applicationRuleSchema.safeParse(rule).success)
  const layers = fc.record({
    locked: fc.array(anyRule, { maxLength: 2 }),
    layers: fc.array(fc.array(anyRule, { maxLength: 3 }), { maxLength: 3 }),
    otherwise: fc.constantFrom('allow' as const, 'allow-installed' as const, 'deny' as const)
  })

  it('the order within a layer changes nothing', () => {
    fc.assert(
      fc.property(anyProgram, layers, (facts, rules) => {
        const turned = { ...rules, layers: rules.layers.map((layer) => layer.toReversed()) }
        expect(decide(program(facts), turned).kind).toBe(decide(program(facts), rules).kind)
      })
    )
  })

  it('reading more never turns a denial that is sure into a doubt', () => {
    fc.assert(
      fc.property(anyProgram, layers, (facts, rules) => {
        const whole = { ...facts, sha256: facts.sha256 ?? 'c'.repeat(64), path: facts.path ?? null }
        const full = { ...whole, signer: facts.signer ?? null, originalName: facts.originalName ?? null }
        const known = program({ ...full, installed: facts.installed ?? false })
        expect(decide(known, rules).kind).not.toBe('unknown')
      })
    )
  })

  it('what is allowed although something could not be read is allowed whatever that was', () => {
    fc.assert(
      fc.property(anyProgram, anyProgram, layers, (facts, other, rules) => {
        const filled = {
          ...facts,
          path: facts.path === undefined ? (other.path ?? null) : facts.path,
          sha256: facts.sha256 ?? other.sha256 ?? 'c'.repeat(64),
          signer: facts.signer === undefined ? (other.signer ?? null) : facts.signer,
          originalName: facts.originalName === undefined ? (other.originalName ?? null) : facts.originalName,
          installed: facts.installed ?? other.installed ?? false
        }
        fc.pre(decide(program(facts), rules).kind === 'allowed')
        expect(decide(program(filled), rules).kind).toBe('allowed')
      })
    )
  })
})
