import { judgedRuleIds, type JudgedRuleId } from '../judgement/rule'
import { layersOf, type Layered, type Whose } from './layers'

/**
 * The rules that no accommodation relaxes for somebody: those that a lock over them names, whatever of the rule it names,
 * unless that lock says that accommodations may. Each lock speaks for itself.
 */
export function firmRules(
  policy: Pick<Layered, 'locked' | 'teams'>,
  { team }: Pick<Whose, 'team'>
): readonly JudgedRuleId[] {
  const locks = [policy.locked, layersOf(policy, { team }).team?.locked].filter(
    (lock) => lock?.accommodationsMayRelax !== true
  )
  return judgedRuleIds.filter((id) => locks.some((lock) => lock?.rules[id] !== undefined))
}
