import type { Truth } from '../observation/camera-truth'
import type { Answer, Observation } from '../observation/observation'
import type { Rules, SceneRuleId } from './rule'

/** What one frame says about one rule. */
export type FrameEvidence =
  | {
      readonly state: 'there'
      readonly score: number
      /** How much a millisecond between two such looks counts, 1 to 2. */
      readonly strength: number
      readonly people: number
      /** For how long the sensor itself has seen it without a break, milliseconds; 0 when it judges frame by frame. */
      readonly forMs: number
    }
  | { readonly state: 'gone' }
  | { readonly state: 'unknown' }

/** Reads the answer to one scene rule's question from a frame, at the policy's threshold. */
export function evidenceOf(rule: SceneRuleId, observation: Observation, rules: Rules): FrameEvidence {
  const { threshold } = rules[rule]
  switch (rule) {
    case 'phone':
      return ofAnswer(observation.phone, threshold)
    case 'book':
      return ofAnswer(observation.book, threshold)
    case 'second-screen':
      return ofAnswer(observation.screen, threshold)
    case 'second-person':
      return secondPerson(observation, threshold, rules['second-person'].others ?? 0)
    case 'nobody':
      return nobody(observation, threshold)
  }
}

/** Reads one verdict about the camera. */
export function evidenceOfTruth(truth: Truth): FrameEvidence {
  switch (truth.state) {
    case 'holds':
      return { state: 'there', score: truth.score, strength: 1, people: 0, forMs: truth.forMs }
    case 'clear':
      return { state: 'gone' }
    case 'unknown':
      return { state: 'unknown' }
  }
}

/** The score decides, not the sensor's word for it: main holds the signed threshold. */
function ofAnswer(answer: Answer, threshold: number): FrameEvidence {
  if (answer.state === 'unknown') return { state: 'unknown' }
  const forMs = answer.state === 'present' ? (answer.forMs ?? 0) : 0
  return answer.score >= threshold ? { ...detected(answer.score, threshold), forMs } : { state: 'gone' }
}

/** `others`: people beside the one who works who may be there. */
function secondPerson({ people }: Observation, threshold: number, others: number): FrameEvidence {
  if (people.state === 'unknown') return { state: 'unknown' }
  const scores = people.scores.filter((score) => score >= threshold).sort((a, b) => b - a)
  const second = scores[1 + others]
  return second === undefined ? { state: 'gone' } : detected(second, threshold, scores.length)
}

function nobody({ people }: Observation, threshold: number): FrameEvidence {
  if (people.state === 'unknown') return { state: 'unknown' }
  const best = people.atSeat ?? Math.max(0, ...people.scores)
  return best >= threshold
    ? { state: 'gone' }
    : {
        // How sure the sensor is that a chair is empty says nothing of how long it has been: it counts once.
        state: 'there',
        score: 1 - best,
        strength: 1,
        people: 0,
        forMs: 0
      }
}

/** A detection at the threshold counts once, a certain one twice: what is plain to see is acted on sooner. */
const detected = (score: number, threshold: number, people = 0) => ({
  state: 'there' as const,
  score,
  strength: 1 + (score - threshold) / (1 - threshold),
  people,
  forMs: 0
})
