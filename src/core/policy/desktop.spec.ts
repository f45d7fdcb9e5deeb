import { describe, expect, it } from 'vitest'
import { pageRulesOf } from './desktop'

describe('C3 printing, and files for pages', () => {
  it('are blocked without a policy, and where the policy says nothing of them', () => {
    for (const policy of [null, {}, { desktop: undefined }, { desktop: {} }])
      expect(pageRulesOf(policy)).toEqual({ printing: 'block', uploads: 'block' })
    expect(pageRulesOf({ desktop: { printing: 'allow' } })).toEqual({ printing: 'allow', uploads: 'block' })
    expect(pageRulesOf({ desktop: { uploads: 'allow' } })).toEqual({ printing: 'block', uploads: 'allow' })
  })
})
