import type { Observation } from '../observation/observation'
import { evidenceOf } from './evidence'
import type { Finding, SceneRule, SceneRuleId, SceneRules, Verdict } from './rule'

/** Evidence of one rule over time. */
export interface RuleMemory {
  /** When the evidence that is now unbroken began; null while there is none. */
  readonly seenSince: number | null
  /** Last instant with evidence, or without an answer while the rule held. */
  readonly lastSeen: number | null
  readonly holding: Finding | null
}
export type JudgeMemory = Readonly<Record<SceneRuleId, RuleMemory>>

const noEvidence: RuleMemory = { seenSince: null, lastSeen: null, holding: null }
export const emptyMemory: JudgeMemory = {
  phone: noEvidence,
  book: noEvidence,
  'second-person': noEvidence,
  nobody: noEvidence
}

const sceneRules = ['phone', 'book', 'second-person', 'nobody'] as const

/**
 * Weighs one observation under the policy's rules. `now` is the monotonic instant of the frame, milliseconds.
 * Pure: the same observations in the same order give the same verdicts. An unknown answer never clears a rule, and
 * never counts towards clearing it.
 */
export function judge(
  memory: JudgeMemory,
  observation: Observation,
  now: number,
  rules: SceneRules
): { readonly memory: JudgeMemory; readonly verdict: Verdict } {
  const next = { ...memory }
  const findings: Finding[] = []
  let complete = true
  for (const id of sceneRules) {
    const evidence = evidenceOf(id, observation, rules[id].threshold)
    if (evidence.state === 'unknown') complete = false
    const score = evidence.state === 'there' ? evidence.score : 0
    const people = evidence.state === 'there' ? evidence.people : 0
    next[id] = step(memory[id], { id, state: evidence.state, score, people }, now, rules[id])
    if (next[id].holding !== null) findings.push(next[id].holding)
  }
  return { memory: next, verdict: { findings, complete } }
}

interface Evidence {
  readonly id: SceneRuleId
  readonly state: 'there' | 'gone' | 'unknown'
  readonly score: number
  readonly people: number
}

function step(memory: RuleMemory, evidence: Evidence, now: number, rule: SceneRule): RuleMemory {
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
function seen(memory: RuleMemory, evidence: Evidence, now: number, rule: SceneRule): RuleMemory {
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
function gone(memory: RuleMemory, now: number, rule: SceneRule): RuleMemory {
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
