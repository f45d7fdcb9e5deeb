import type { Answer, Observation } from '../../../../src/core/observation/observation'
import type { ObjectQuestion, Question } from '../labels/truth'

/** The rule that acts on a question's answer. */
export const ruleFor = {
  phone: 'phone',
  book: 'book',
  people: 'second-person',
  screen: 'second-screen'
} as const satisfies Record<ObjectQuestion, string>

export type Said = Readonly<Record<Question, boolean>>

const scoreOf = (answer: Answer | undefined): number => (!answer || answer.state === 'unknown' ? 0 : answer.score)

/** The second best person: what "somebody else is here" rests on. */
const secondPerson = ({ people }: Observation): number =>
  people.state === 'counted' ? ([...people.scores].sort((a, b) => b - a)[1] ?? 0) : 0

/** How sure one observation is of each thing, 0 to 1; 0 where it has no answer. */
export const scoresIn = (observation: Observation): Readonly<Record<ObjectQuestion, number>> => ({
  phone: scoreOf(observation.phone),
  book: scoreOf(observation.book),
  people: secondPerson(observation),
  screen: scoreOf((observation as { readonly screen?: Answer }).screen)
})

/** Whether any question of the observation has no answer. */
export const unansweredIn = ({ phone, book, people }: Observation): boolean =>
  [phone, book, people].some(({ state }) => state === 'unknown')

/** People in view who are at least so sure; null without an answer. */
export const personsIn = ({ people }: Observation, threshold: number): number | null =>
  people.state === 'counted' ? people.scores.filter((score) => score >= threshold).length : null

type CameraVerdicts = Readonly<Record<string, { readonly state: string }>>

/** Names of the camera-truth verdicts that hold. */
export const cameraVerdictsIn = (observation: Observation): readonly string[] =>
  Object.entries((observation as { readonly camera?: CameraVerdicts }).camera ?? {})
    .filter(([, { state }]) => state === 'holds')
    .map(([name]) => name)
