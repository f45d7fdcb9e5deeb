import type { Rules, SceneRuleId } from '../../../../src/core/judgement/rule'
import { objectQuestions } from '../labels/truth'
import { ruleFor } from '../run/answers'
import type { MeasuredPicture } from '../run/stills'
import { countsOf } from './score'

/** One rule over all pictures whose truth is known for it. */
export interface RuleConfusion {
  readonly rule: SceneRuleId
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly tn: number
  /** The rule's enter dwell is longer than the still stood: it can't hold, whatever is seen. */
  readonly dwell_too_long: boolean
}

export const ruleConfusions = (
  measured: readonly MeasuredPicture[],
  rules: Rules,
  forMs: number
): readonly RuleConfusion[] => {
  const row = (rule: SceneRuleId, truthOf: (picture: MeasuredPicture) => boolean | null): RuleConfusion => ({
    rule,
    ...countsOf(
      measured.flatMap((picture) => {
        const truth = truthOf(picture)
        return truth === null ? [] : [{ truth, said: picture.still.held.has(rule) }]
      })
    ),
    dwell_too_long: rules[rule].enterMs >= forMs
  })
  return [
    ...objectQuestions.map((question) => row(ruleFor[question], ({ picture }) => picture.truth[question])),
    row('nobody', ({ picture }) => (picture.persons === null ? false : picture.persons === 0))
  ]
}
