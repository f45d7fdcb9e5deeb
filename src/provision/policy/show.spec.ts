import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { demoPolicy } from '../../../test/hub/support/policy'
import { defaultRules } from '../../core/policy/defaults'
import { showPolicy } from './show'

const policy = {
  ...demoPolicy('Demo Care', 1),
  teams: { Claims: { rules: { phone: { response: 'log' as const } } } }
}

it('shows what a desk has: every rule, with its team’s words over the organisation’s', () => {
  const shown = parse(showPolicy(policy, 'Claims')) as typeof policy
  expect(shown.rules.phone).toEqual({ ...policy.rules.phone, response: 'log' })
  expect(Object.keys(shown.rules)).toEqual(Object.keys(defaultRules))
  expect(shown).not.toHaveProperty('teams')
  expect((parse(showPolicy(policy)) as typeof policy).rules).toEqual(policy.rules)
})

it('names the teams that there are when it is asked for another', () => {
  expect(() => showPolicy(policy, 'Clams')).toThrow('it names Claims')
})
