import {
  judgedRuleIds,
  responseSchema,
  type JudgedRuleId,
  type Response,
  type Rules
} from '../judgement/rule'
import { held } from './held'
import type { Locked, People, Person, RuleOverrides, Team, Teams } from './team'

/** Whose rules are meant. A team or person that the policy does not name has no own words. */
export interface Whose {
  readonly team: string
  /** The e-mail address that was typed at the desk, in small letters; null while nobody is signed in. */
  readonly person?: string | null | undefined
}

/** The parts of a policy that say something about rules. */
export interface Layered {
  readonly rules: Rules
  readonly locked?: Locked | undefined
  readonly teams?: Teams | undefined
  readonly people?: People | undefined
}

/** One layer over the organisation's rules: where it stands in the policy, and what it says. */
export interface Layer {
  readonly path: readonly string[]
  readonly locked: boolean
  readonly rules: RuleOverrides
}

const own = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined

/** What the policy says of somebody's team and of themselves; undefined where it says nothing. */
export const layersOf = (
  policy: Pick<Layered, 'teams' | 'people'>,
  { team, person = null }: Whose
): { readonly team: Team | undefined; readonly person: Person | undefined } => ({
  team: own(policy.teams, team),
  person: person === null ? undefined : own(policy.people, person)
})

/**
 * The layers that lie over the organisation's rules for somebody, lowest first: what is assigned to the team and to the
 * person, then what the team locks, then what the organisation locks. A higher layer wins.
 */
export function layersFor(policy: Omit<Layered, 'rules'>, whose: Whose): readonly Layer[] {
  const { team, person = null } = whose
  const { team: ofTeam, person: ofPerson } = layersOf(policy, whose)
  const layer = (
    path: readonly string[],
    locked: boolean,
    rules: RuleOverrides | undefined
  ): readonly Layer[] => (rules === undefined ? [] : [{ path, locked, rules: locked ? held(rules) : rules }])
  return [
    ...layer(['teams', team, 'rules'], false, ofTeam?.rules),
    ...layer(['people', person ?? '', 'rules'], false, ofPerson?.rules),
    ...layer(['teams', team, 'locked', 'rules'], true, ofTeam?.locked?.rules),
    ...layer(['locked', 'rules'], true, policy.locked?.rules)
  ]
}

/** The rules as they are written for somebody: every layer over the organisation's. */
export function mergedRules(policy: Layered, whose: Whose): Rules {
  const layers = layersFor(policy, whose)
  const merged = judgedRuleIds.map((id) => [
    id,
    layers.reduce<AnyRule>((rule, { rules }) => mergedRule(rule, rules[id]), policy.rules[id])
  ])
  return Object.fromEntries(merged) as Rules
}

/** The rules as they are judged: what only reports has no consequence, and no repeat is answered more mildly. */
export function rulesFor(policy: Layered, whose: Whose): Rules {
  const merged = mergedRules(policy, whose)
  return Object.fromEntries(judgedRuleIds.map((id) => [id, inEffect(merged[id])])) as Rules
}

function inEffect(rule: AnyRule): AnyRule {
  const { escalate, reportOnly, ...plain } = rule
  if (reportOnly === true) return { ...plain, response: 'log' }
  return escalate !== undefined && isHarder(escalate.to, rule.response) ? { ...plain, escalate } : plain
}

export const isHarder = (one: Response, other: Response): boolean =>
  responseSchema.options.indexOf(one) > responseSchema.options.indexOf(other)

type AnyRule = Rules[JudgedRuleId]

function mergedRule(rule: AnyRule, override: RuleOverrides[JudgedRuleId]): AnyRule {
  if (override === undefined) return rule
  const { escalate: ownEscalation, ...rest } = override
  const { escalate: common, ...plain } = { ...rule, ...defined(rest) }
  const chosen = ownEscalation === undefined ? common : ownEscalation
  // The schema lets an override name only what its rule has.
  return (chosen == null ? plain : { ...plain, escalate: chosen }) as AnyRule
}

/** Without the fields that were left out, which would otherwise cover the layer below. */
const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
