import { describe, expect, it } from 'vitest'
import { checkNames } from '../check/names'
import { blockingChecks, checkRulesOf, checkRulesSchema, defaultCheckRules } from './checks'

describe('the rules of checks', () => {
  it('only report where a policy says nothing', () => {
    expect(blockingChecks(checkRulesOf(null))).toEqual([])
    expect(blockingChecks(checkRulesOf({}))).toEqual([])
    expect(checkNames.every((name) => defaultCheckRules[name].enforcement === 'report')).toBe(true)
  })

  it('fill in what an author left out, and keep what is written', () => {
    const rules = checkRulesSchema.parse({ antivirus: { enforcement: 'block' }, displays: { maxCount: 1 } })
    expect(rules.antivirus).toMatchObject({ enforcement: 'block', maxSignatureAgeDays: 3 })
    expect(rules.displays).toMatchObject({ enforcement: 'report', maxCount: 1, allowMirrored: false })
    expect(blockingChecks(rules)).toEqual(['antivirus'])
  })

  it.each([
    [{ anti: {} }, []],
    [{ antivirus: { enforcement: 'lock' } }, ['antivirus', 'enforcement']],
    [{ antivirus: { maxAge: 1 } }, ['antivirus']],
    [{ 'os-updates': { minVersions: { debian: 'bookworm' } } }, ['os-updates', 'minVersions', 'debian']],
    [{ displays: { maxCount: 0 } }, ['displays', 'maxCount']]
  ])('are refused with the field at fault: %j', (document, path) => {
    const read = checkRulesSchema.safeParse(document)
    expect(read.success).toBe(false)
    expect(read.error?.issues[0]?.path).toEqual(path)
  })
})
