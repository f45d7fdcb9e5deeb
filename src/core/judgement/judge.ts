import type { Observation } from '../observation/observation'
import { evidenceOf, evidenceOfTruth, type FrameEvidence } from './evidence'
import { gather, LONGEST_STEP_MS, nothingGathered, type Gathered } from './gathered'
import { hides } from './hides'
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
import { asFirst, begin, finish, noHistory, responseOf, type History, type Stretch } from './stretch'

/** What is known of one rule over time. */
export interface RuleMemory {
  readonly gathered: Gathered
  readonly holding: Stretch | null
  /** While it holds: how long looks have not seen it, milliseconds; null while the newest did, or had no answer. */
  readonly goneMs: number | null
  /** Time since the newest look that did not see it, milliseconds: it counts once the next look does not either. */
  readonly unseenMs: number
  readonly history: History
}

export interface JudgeMemory {
  /** Monotonic instant of the newest observation, milliseconds; null before the first. */
  readonly at: number | null
  readonly rules: Readonly<Record<JudgedRuleId, RuleMemory>>
}

const blankMemory: RuleMemory = {
  gathered: nothingGathered,
  holding: null,
  goneMs: null,
  unseenMs: 0,
  history: noHistory
}
const eachRule = (memoryOf: (id: JudgedRuleId) => RuleMemory): JudgeMemory['rules'] =>
  Object.fromEntries(judgedRuleIds.map((id) => [id, memoryOf(id)])) as JudgeMemory['rules']

export const emptyMemory: JudgeMemory = { at: null, rules: eachRule(() => blankMemory) }

/** What one observation says about one rule, and how much time it vouches for. */
interface Weighed {
  readonly id: JudgedRuleId
  readonly frame: FrameEvidence
  readonly looked: boolean
  readonly stepMs: number
  readonly now: number
}

/**
 * Weighs one observation under the rules in force. `now` is the monotonic instant of the frame, milliseconds, never
 * before the last one. Pure: the same observations in the same order give the same verdicts. A rule that holds is
 * cleared only by looks that did not see it; an unknown answer never clears, nor counts towards clearing.
 */
export function judge(
  memory: JudgeMemory,
  observation: Observation,
  now: number,
  rules: Rules
): { readonly memory: JudgeMemory; readonly verdict: Verdict } {
  const stepMs = memory.at === null ? 0 : Math.min(LONGEST_STEP_MS, Math.max(0, now - memory.at))
  const next = { ...memory.rules }
  const findings: Finding[] = []
  let complete = true
  const weigh = (id: JudgedRuleId, frame: FrameEvidence, looked: boolean): void => {
    next[id] = step(memory.rules[id], { id, frame, looked, stepMs, now }, rules[id])
    if (next[id].holding !== null) findings.push(next[id].holding.finding)
  }
  for (const id of sceneRuleIdSchema.options) {
    const frame = evidenceOf(id, observation, rules)
    if (frame.state === 'unknown' && couldHide(rules[id])) complete = false
    weigh(id, frame, observation.looked)
  }
  // The sensor watches the camera at every frame, looked at or not. A question about the camera that has no answer does
  // not keep the desk hidden: the questions about the room do.
  for (const verdict of cameraVerdicts) {
    weigh(cameraRuleOf(verdict), evidenceOfTruth(observation.camera[verdict]), true)
  }
  return { memory: { at: now, rules: next }, verdict: { findings, complete } }
}

/** The memory for a person who has just signed in: what holds goes on, alerts and repeats start from nothing. */
export function forNewSession(memory: JudgeMemory, rules: Rules): JudgeMemory {
  const fresh = (id: JudgedRuleId): RuleMemory => {
    const before = memory.rules[id]
    if (before.holding === null) return { ...before, history: noHistory }
    const holding = asFirst(before.holding, rules[id])
    return { ...before, holding, history: { past: null, openings: [holding.finding.since] } }
  }
  return { ...memory, rules: eachRule(fresh) }
}

/** Where the policy only notes or warns, a missing answer takes nothing off the screen either. */
const couldHide = ({ response, escalate }: CameraRule): boolean =>
  hides(response) || (escalate !== undefined && hides(escalate.to))

function step(memory: RuleMemory, weighed: Weighed, terms: CameraRule): RuleMemory {
  return memory.holding === null
    ? waiting(memory, weighed, terms)
    : holding(memory, memory.holding, weighed, terms)
}

/** The rule does not hold: evidence is gathered until there is enough. */
function waiting(memory: RuleMemory, { id, frame, ...glance }: Weighed, terms: CameraRule): RuleMemory {
  const gathered = gather(memory.gathered, { ...glance, strength: strengthOf(frame) }, glance.now)
  if (frame.state !== 'there' || !isEnough(gathered, frame.forMs * frame.strength, terms))
    return { ...memory, gathered }
  const since = gathered.since ?? glance.now
  const { stretch, history } = begin(id, { ...frame, since }, memory.history, terms)
  return { gathered: nothingGathered, holding: stretch, goneMs: null, unseenMs: 0, history }
}

/** What the sensor has watched for itself counts as evidence gathered, as strong as the look that bears it out. */
const isEnough = ({ ms, lastStrength }: Gathered, watchedMs: number, { enterMs }: CameraRule): boolean =>
  lastStrength > 0 && Math.max(ms, watchedMs) >= enterMs

function strengthOf(frame: FrameEvidence): number | null {
  if (frame.state === 'unknown') return null
  return frame.state === 'there' ? frame.strength : 0
}

/** The rule holds until looks have not seen it for the exit dwell, one after the other. */
function holding(memory: RuleMemory, held: Stretch, weighed: Weighed, terms: CameraRule): RuleMemory {
  const { frame, looked, now, stepMs } = weighed
  const response = responseOf(terms, held.escalated)
  const still = (change: Partial<Finding>): Stretch => ({
    ...held,
    finding: { ...held.finding, response, clearsAt: null, ...change }
  })
  switch (frame.state) {
    case 'unknown':
      return { ...memory, holding: still({}), goneMs: null, unseenMs: 0 }
    case 'there': {
      const peakScore = Math.max(held.finding.peakScore, frame.score)
      const peakCount = Math.max(held.finding.peakCount, frame.people)
      return { ...memory, holding: still({ peakScore, peakCount }), goneMs: null, unseenMs: 0 }
    }
    case 'gone': {
      // A repeated answer is no look: what it vouches for waits for the look that bears it out.
      const unseenMs = memory.goneMs === null ? 0 : memory.unseenMs + stepMs
      const goneMs = looked ? (memory.goneMs ?? 0) + unseenMs : memory.goneMs
      if (goneMs === null) return { ...memory, holding: still({}) }
      if (goneMs >= terms.exitMs && looked) {
        return { ...blankMemory, history: finish(held, memory.history, now) }
      }
      const passed = looked ? goneMs : goneMs + unseenMs
      const clearsAt = now + Math.max(0, terms.exitMs - passed)
      return { ...memory, goneMs, unseenMs: looked ? 0 : unseenMs, holding: still({ clearsAt }) }
    }
  }
}
