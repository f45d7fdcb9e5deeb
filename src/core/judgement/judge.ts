import type { Observation } from '../observation/observation'
import { evidenceOf, evidenceOfTruth, type FrameEvidence } from './evidence'
import {
  cameraRuleOf,
  cameraVerdicts,
  judgedRuleIds,
  sceneRuleIdSchema,
  type CameraRule,
  type Finding,
  type JudgedRuleId,
  type Rules,
  type Verdict
} from './rule'

/** Evidence of one rule over time. */
export interface RuleMemory {
  /** When the evidence that is now unbroken began; null while there is none. */
  readonly seenSince: number | null
  /** Last instant with evidence, or without an answer while the rule held. */
  readonly lastSeen: number | null
  readonly holding: Finding | null
}
export type JudgeMemory = Readonly<Record<JudgedRuleId, RuleMemory>>

const noEvidence: RuleMemory = { seenSince: null, lastSeen: null, holding: null }
export const emptyMemory = Object.fromEntries(judgedRuleIds.map((id) => [id, noEvidence])) as JudgeMemory

/**
 * Weighs one observation under the policy's rules. `now` is the monotonic instant of the frame, milliseconds.
 * Pure: the same observations in the same order give the same verdicts. An unknown answer never clears a rule, and
 * never counts towards clearing it.
 */
export function judge(
  memory: JudgeMemory,
  observation: Observation,
  now: number,
  rules: Rules
): { readonly memory: JudgeMemory; readonly verdict: Verdict } {
  const next = { ...memory }
  const findings: Finding[] = []
  let complete = true
  const weigh = (id: JudgedRuleId, frame: FrameEvidence): void => {
    const score = frame.state === 'there' ? frame.score : 0
    const people = frame.state === 'there' ? frame.people : 0
    next[id] = step(memory[id], { id, state: frame.state, score, people }, now, rules[id])
    if (next[id].holding !== null) findings.push(next[id].holding)
  }
  for (const id of sceneRuleIdSchema.options) {
    const frame = evidenceOf(id, observation, rules)
    if (frame.state === 'unknown') complete = false
    weigh(id, frame)
  }
  // A question about the camera that has no answer does not keep the desk hidden: the room's questions do.
  for (const verdict of cameraVerdicts)
    weigh(cameraRuleOf(verdict), evidenceOfTruth(observation.camera[verdict]))
  return { memory: next, verdict: { findings, complete } }
}

interface Evidence {
  readonly id: JudgedRuleId
  readonly state: 'there' | 'gone' | 'unknown'
  readonly score: number
  readonly people: number
}

function step(memory: RuleMemory, evidence: Evidence, now: number, rule: CameraRule): RuleMemory {
  switch (evidence.state) {
    case 'there':
      return seen(memory, evidence, now, rule)
    case 'gone':
      return gone(memory, now, rule)
    case 'unknown':
      return unanswered(memory, now)
  }
}

/** The rule enters once the evidence has been unbroken for the enter dwell; while it holds its peaks grow. */
function seen(memory: RuleMemory, evidence: Evidence, now: number, rule: CameraRule): RuleMemory {
  const seenSince = memory.seenSince ?? now
  if (memory.holding !== null) {
    const holding = {
      ...memory.holding,
      peakScore: Math.max(memory.holding.peakScore, evidence.score),
      peakCount: Math.max(memory.holding.peakCount, evidence.people),
      response: rule.response,
      clearsAt: null
    }
    return { seenSince, lastSeen: now, holding }
  }
  if (now - seenSince < rule.enterMs) return { seenSince, lastSeen: now, holding: null }
  const holding: Finding = {
    rule: evidence.id,
    response: rule.response,
    since: seenSince,
    peakScore: evidence.score,
    peakCount: evidence.people,
    clearsAt: null
  }
  return { seenSince, lastSeen: now, holding }
}

/** The rule clears once the evidence has been gone for the exit dwell; one frame without it starts the enter dwell anew. */
function gone(memory: RuleMemory, now: number, rule: CameraRule): RuleMemory {
  if (memory.holding === null) return noEvidence
  const clearsAt = (memory.lastSeen ?? now) + rule.exitMs
  if (now >= clearsAt) return noEvidence
  return { seenSince: null, lastSeen: memory.lastSeen, holding: { ...memory.holding, clearsAt } }
}

/** No answer: what held goes on holding and its exit dwell starts anew; what did not hold keeps its evidence. */
function unanswered(memory: RuleMemory, now: number): RuleMemory {
  if (memory.holding === null) return memory
  return { ...memory, lastSeen: now, holding: { ...memory.holding, clearsAt: null } }
}
