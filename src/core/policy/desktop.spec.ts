import { describe, expect, it } from 'vitest'
import { printingRuleOf } from './desktop'

describe('C3 printing', () => {
  it('is blocked without a policy, and where the policy says nothing of it', () => {
    for (const policy of [null, {}, { desktop: undefined }, { desktop: {} }])
      expect(printingRuleOf(policy)).toBe('block')
    expect(printingRuleOf({ desktop: { printing: 'allow' } })).toBe('allow')
  })
})
