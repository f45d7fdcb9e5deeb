import { cameraVerdicts, type SceneRuleId } from '../../../../src/core/judgement/rule'
import type { CameraVerdict } from '../../../../src/core/observation/camera-truth'
import type { Answer, Observation } from '../../../../src/core/observation/observation'
import type { ObjectQuestion, Question } from '../labels/truth'

/** The rule that acts on a question's answer. */
export const ruleFor = {
  phone: 'phone',
  book: 'book',
  people: 'second-person',
  screen: 'second-screen'
} as const satisfies Record<ObjectQuestion, SceneRuleId>

export type Said = Readonly<Record<Question, boolean>>

const scoreOf = (answer: Answer): number => (answer.state === 'unknown' ? 0 : answer.score)

/** The second best person: what "somebody else is here" rests on. */
const secondPerson = ({ people }: Observation): number =>
  people.state === 'counted' ? ([...people.scores].sort((a, b) => b - a)[1] ?? 0) : 0

/** How sure one observation is of each thing, 0 to 1; 0 where it has no answer. */
export const scoresIn = (observation: Observation): Readonly<Record<ObjectQuestion, number>> => ({
  phone: scoreOf(observation.phone),
  book: scoreOf(observation.book),
  people: secondPerson(observation),
  screen: scoreOf(observation.screen)
})

/** Whether any question of the observation has no answer. */
export const unansweredIn = ({ phone, book, people }: Observation): boolean =>
  [phone, book, people].some(({ state }) => state === 'unknown')

/** People in view who are at least so sure; null without an answer. */
export const personsIn = ({ people }: Observation, threshold: number): number | null =>
  people.state === 'counted' ? people.scores.filter((score) => score >= threshold).length : null

/** Names of the camera-truth verdicts that hold. */
export const cameraVerdictsIn = ({ camera }: Observation): readonly CameraVerdict[] =>
  cameraVerdicts.filter((verdict) => camera[verdict].state === 'holds')
