import { judgedRuleIds } from '../judgement/rule'
import { held } from './held'
import type { Layered } from './layers'
import type { RuleOverrides } from './team'

/** Something that is assigned otherwise than it is locked: it has no effect. Both by their path in the policy. */
export interface Conflict {
  readonly path: readonly string[]
  readonly lockedBy: readonly string[]
  readonly lockedAs: unknown
}

interface Place {
  readonly path: readonly string[]
  readonly rules: RuleOverrides
}

/** Every assignment that a lock above it makes void. What is assigned as it is locked is no conflict. */
export function conflictsOf(policy: Omit<Layered, 'rules'>): readonly Conflict[] {
  const teams = Object.entries(policy.teams ?? {})
  const people: readonly Place[] = Object.entries(policy.people ?? {}).map(([id, { rules }]) => ({
    path: ['people', id, 'rules'],
    rules
  }))
  const ofTeams = teams.flatMap(([name, { rules }]) => place(['teams', name, 'rules'], rules))
  const teamLocks = teams.flatMap(([name, { locked }]) =>
    place(['teams', name, 'locked', 'rules'], locked && held(locked.rules))
  )
  const top = place(['locked', 'rules'], policy.locked && held(policy.locked.rules))
  return [
    ...top.flatMap((lock) => [...ofTeams, ...teamLocks, ...people].flatMap((below) => between(lock, below))),
    // A team's lock binds the team's own assignments. Who is in a team is the hub's to know: people differ at the desk.
    ...teamLocks.flatMap((lock) =>
      ofTeams.filter(({ path }) => path[1] === lock.path[1]).flatMap((below) => between(lock, below))
    )
  ]
}

const place = (path: readonly string[], rules: RuleOverrides | undefined): readonly Place[] =>
  rules === undefined ? [] : [{ path, rules }]

function between(lock: Place, below: Place): readonly Conflict[] {
  return judgedRuleIds.flatMap((id) => {
    const locked: Readonly<Record<string, unknown>> = lock.rules[id] ?? {}
    const assigned: Readonly<Record<string, unknown>> = below.rules[id] ?? {}
    return Object.keys(assigned).flatMap((field) => {
      const isVoid =
        assigned[field] !== undefined &&
        locked[field] !== undefined &&
        JSON.stringify(assigned[field]) !== JSON.stringify(locked[field])
      if (!isVoid) return []
      return [
        { path: [...below.path, id, field], lockedBy: [...lock.path, id, field], lockedAs: locked[field] }
      ]
    })
  })
}
