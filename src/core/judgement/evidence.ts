import type { Answer, Observation } from '../observation/observation'
import type { SceneRuleId } from './rule'

/** What one frame says about one rule. */
export type FrameEvidence =
  | { readonly state: 'there'; readonly score: number; readonly people: number }
  | { readonly state: 'gone' }
  | { readonly state: 'unknown' }

/** Reads the answer to one rule's question from a frame, at the policy's threshold. */
export function evidenceOf(rule: SceneRuleId, observation: Observation, threshold: number): FrameEvidence {
  switch (rule) {
    case 'phone':
      return ofAnswer(observation.phone, threshold)
    case 'book':
      return ofAnswer(observation.book, threshold)
    case 'second-person':
      return secondPerson(observation, threshold)
    case 'nobody':
      return nobody(observation, threshold)
  }
}

/** The score decides, not the sensor's word for it: main holds the signed threshold. */
function ofAnswer(answer: Answer, threshold: number): FrameEvidence {
  if (answer.state === 'unknown') return { state: 'unknown' }
  return answer.score >= threshold ? { state: 'there', score: answer.score, people: 0 } : { state: 'gone' }
}

function secondPerson({ people }: Observation, threshold: number): FrameEvidence {
  if (people.state === 'unknown') return { state: 'unknown' }
  const scores = people.scores.filter((score) => score >= threshold).sort((a, b) => b - a)
  const second = scores[1]
  return second === undefined ? { state: 'gone' } : { state: 'there', score: second, people: scores.length }
}

function nobody({ people }: Observation, threshold: number): FrameEvidence {
  if (people.state === 'unknown') return { state: 'unknown' }
  const best = Math.max(0, ...people.scores)
  return best >= threshold ? { state: 'gone' } : { state: 'there', score: 1 - best, people: 0 }
}
