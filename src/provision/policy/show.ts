import { stringify } from 'yaml'
import { policyFor, type Policy } from '../../core/policy/policy'
import { ProvisionError } from '../problem'

/**
 * A policy as the desks of one team have it, as YAML: defaults filled in, the team's words over the organisation's. Without
 * a team it is what desks have whose team is not named. Throws when the policy does not name the team.
 */
export function showPolicy(policy: Policy, team?: string): string {
  const named = Object.keys(policy.teams ?? {})
  if (team !== undefined && !named.includes(team)) {
    const known = named.length === 0 ? 'it names no team' : `it names ${named.join(', ')}`
    throw new ProvisionError(`The policy has no words of its own for the team "${team}": ${known}.`)
  }
  return stringify(policyFor(policy, team ?? ''), { lineWidth: 110 })
}
