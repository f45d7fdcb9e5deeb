import { judgedRuleIds } from '../judgement/rule'
import type { RuleOverrides } from './team'

/**
 * What a lock holds: the fields that it names, and with a response or an escalation also that they are carried out. Else an
 * assignment below could turn the locked response into a note by `reportOnly`. A lock may say `reportOnly` itself.
 */
export function held(locked: RuleOverrides): RuleOverrides {
  const all = judgedRuleIds.flatMap((id) => {
    const rule = locked[id]
    if (rule === undefined) return []
    const acts = rule.response !== undefined || rule.escalate !== undefined
    return [[id, acts && rule.reportOnly === undefined ? { ...rule, reportOnly: false } : rule] as const]
  })
  return Object.fromEntries(all)
}
