import { hides } from '../../../src/core/judgement/hides'
import { cameraVerdicts, type RuleId, type Response } from '../../../src/core/judgement/rule'
import { percentile } from '../figures'
import type { Turn } from './watch'

interface Opening {
  readonly rule: RuleId
  readonly response: Response
  /** Seconds since the beginning. */
  readonly at: number
  readonly score: number
  /** Left, top, width and height in hundredths of the picture, where it has a place. */
  readonly place: readonly number[] | null
}

/** Openings that are listed one by one; all of them are counted. */
const mostListed = 40
const minuteMs = 60_000
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits))

/** Counts what a watch gave; `placeOf` says where a rule's evidence was seen last. */
export const createTally = (placeOf: (rule: RuleId) => readonly number[] | null) => {
  let held: ReadonlySet<RuleId> = new Set()
  let hidden = false
  let complete = false
  let lastAt = 0
  let [blanks, warnings, hiddenMs, unansweredMs] = [0, 0, 0, 0]
  const findings: Partial<Record<RuleId, number>> = {}
  const openings: Opening[] = []
  const camera: Record<string, number> = {}
  const reasons: Record<string, number> = {}
  const frames: number[] = []
  const looks: number[] = []
  const byMinute: number[] = []
  const peopleCounted: Record<string, number> = {}

  const take = ({ at, observation, verdict, look, ms }: Turn): void => {
    const step = at - lastAt
    lastAt = at
    if (hidden) hiddenMs += step
    if (!complete) unansweredMs += step
    complete = verdict.complete
    for (const { rule, response, peakScore } of verdict.findings)
      if (!held.has(rule)) {
        findings[rule] = (findings[rule] ?? 0) + 1
        if (response === 'warn') warnings += 1
        if (openings.length < mostListed)
          openings.push({
            rule,
            response,
            at: rounded(at / 1000, 1),
            score: rounded(peakScore),
            place: placeOf(rule)
          })
      }
    held = new Set(verdict.findings.map(({ rule }) => rule))
    const hiding = verdict.findings.some(({ response }) => hides(response))
    if (hiding && !hidden) blanks += 1
    hidden = hiding
    for (const id of cameraVerdicts)
      if (observation.camera[id].state === 'holds') camera[id] = (camera[id] ?? 0) + 1
    const counted = observation.people.state === 'counted' ? String(observation.people.count) : 'unknown'
    peopleCounted[counted] = (peopleCounted[counted] ?? 0) + 1
    frames.push(ms)
    if (look) {
      looks.push(ms)
      reasons[look.reason] = (reasons[look.reason] ?? 0) + 1
    }
    const minute = Math.floor(at / minuteMs)
    byMinute[minute] = (byMinute[minute] ?? 0) + ms
  }

  const results = () => {
    const sum = frames.reduce((total, ms) => total + ms, 0)
    const spread = (figures: readonly number[]) => ({
      p50: percentile(figures, 0.5),
      p95: percentile(figures, 0.95),
      mean: rounded(figures.reduce((total, ms) => total + ms, 0) / Math.max(1, figures.length), 2)
    })
    const whole = byMinute.slice(0, Math.floor(lastAt / minuteMs))
    return {
      simulated_seconds: rounded(lastAt / 1000, 1),
      blanks,
      warnings,
      findings,
      openings,
      hidden_seconds: rounded(hiddenMs / 1000, 2),
      /** From the beginning until the first complete answer, and whenever a rule that hides had none. */
      unanswered_seconds: rounded(unansweredMs / 1000, 2),
      camera_verdicts_held_frames: camera,
      people_counted_frames: peopleCounted,
      frames: frames.length,
      looks: { total: looks.length, ...reasons },
      core_share: rounded(sum / Math.max(1, lastAt)),
      core_share_worst_minute: whole.length === 0 ? null : rounded(Math.max(...whole) / minuteMs),
      frame_ms: spread(frames),
      look_frame_ms: spread(looks)
    }
  }
  return { take, results }
}
