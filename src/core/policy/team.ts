import { z } from 'zod'
import {
  cameraRuleSchema,
  escalationSchema,
  judgedRuleIds,
  sceneRuleSchema,
  type JudgedRuleId,
  type Rules
} from '../judgement/rule'

/** Only what differs from the organisation's rule. `escalate: null` takes an escalation away. */
const escalate = escalationSchema.nullable().optional()
const sceneOverride = sceneRuleSchema.partial().extend({ escalate })
const cameraOverride = cameraRuleSchema.partial().extend({ escalate })

export const ruleOverridesSchema = z
  .strictObject({
    phone: sceneOverride,
    book: sceneOverride,
    'second-person': sceneOverride,
    nobody: sceneOverride,
    'second-screen': sceneOverride,
    'camera-covered': cameraOverride,
    'camera-dark': cameraOverride,
    'camera-blurred': cameraOverride,
    'camera-frozen': cameraOverride,
    'camera-looped': cameraOverride,
    'camera-photo': cameraOverride,
    'camera-virtual': cameraOverride,
    'camera-moved': cameraOverride,
    'camera-weak': cameraOverride
  } satisfies Record<JudgedRuleId, z.ZodType>)
  .partial()
export type RuleOverrides = z.infer<typeof ruleOverridesSchema>

/** What one team does otherwise than its organisation. */
export const teamSchema = z.strictObject({ rules: ruleOverridesSchema })
export type Team = z.infer<typeof teamSchema>

export const teamsSchema = z.record(z.string().min(1).max(80), teamSchema)
export type Teams = z.infer<typeof teamsSchema>

/** The rules of one team: the organisation's, with the team's own words over them. A team not named has no own words. */
export function rulesOf(rules: Rules, teams: Teams | undefined, team: string): Rules {
  const overrides = teams !== undefined && Object.hasOwn(teams, team) ? teams[team]?.rules : undefined
  if (overrides === undefined) return rules
  const merged = judgedRuleIds.map((id) => [id, mergedRule(rules[id], overrides[id])])
  return Object.fromEntries(merged) as Rules
}

type AnyRule = Rules[JudgedRuleId]

function mergedRule(rule: AnyRule, override: RuleOverrides[JudgedRuleId]): AnyRule {
  if (override === undefined) return rule
  const { escalate: own, ...rest } = override
  const { escalate: common, ...plain } = { ...rule, ...defined(rest) }
  const chosen = own === undefined ? common : own
  // The schema lets an override name only what its rule has.
  return (chosen == null ? plain : { ...plain, escalate: chosen }) as AnyRule
}

/** Without the fields that were left out, which would otherwise cover the organisation's. */
const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
