import type { CameraRule, Finding, JudgedRuleId, Response } from './rule'

/** What is remembered of an alert that is over, so that what comes back soon belongs to it. */
export interface PastAlert {
  readonly openedAt: number
  readonly endedAt: number
  /** How long it held, pauses left out, milliseconds. */
  readonly heldMs: number
  readonly count: number
  readonly peakScore: number
  readonly peakCount: number
  readonly escalated: boolean
}

/** One rule that holds, and how its alert came about. */
export interface Stretch {
  readonly finding: Finding
  /** Whether repeats made the response harder. */
  readonly escalated: boolean
}

/** The alerts of one rule in this session. */
export interface History {
  readonly past: PastAlert | null
  /** When the newest alerts opened, oldest first: what repeats are counted from. */
  readonly openings: readonly number[]
}

export const noHistory: History = { past: null, openings: [] }

/** More repeats than a policy can ask for are not kept. */
const MOST_OPENINGS = 20

/**
 * Begins a stretch. Within the rule's cooldown it goes on with the alert before, else it opens one of its own, which
 * the alerts before it may have made harder.
 */
export function begin(
  rule: JudgedRuleId,
  seen: { readonly since: number; readonly score: number; readonly people: number },
  history: History,
  terms: CameraRule
): { readonly stretch: Stretch; readonly history: History } {
  const { past, openings } = history
  const { since, score, people } = seen
  if (past !== null && since - past.endedAt <= terms.cooldownMs) {
    const { openedAt, escalated, count, heldMs } = past
    const finding: Finding = {
      rule,
      response: responseOf(terms, escalated),
      since,
      openedAt,
      count: count + 1,
      heldBeforeMs: heldMs,
      peakScore: Math.max(past.peakScore, score),
      peakCount: Math.max(past.peakCount, people),
      clearsAt: null
    }
    return { stretch: { finding, escalated }, history }
  }
  const { escalate } = terms
  const recent = escalate === undefined ? [] : openings.filter((at) => since - at <= escalate.withinMs)
  const escalated = escalate !== undefined && recent.length >= escalate.after
  const finding: Finding = {
    rule,
    response: responseOf(terms, escalated),
    since,
    openedAt: since,
    count: 1,
    heldBeforeMs: 0,
    peakScore: score,
    peakCount: people,
    clearsAt: null
  }
  const opened = [...openings, since].slice(-MOST_OPENINGS)
  return { stretch: { finding, escalated }, history: { past: null, openings: opened } }
}

/** Ends a stretch at `now`; its alert can still be taken up again. */
export function finish({ finding, escalated }: Stretch, history: History, now: number): History {
  const { openedAt, count, peakScore, peakCount, heldBeforeMs, since } = finding
  const heldMs = heldBeforeMs + (now - since)
  return { ...history, past: { openedAt, endedAt: now, heldMs, count, peakScore, peakCount, escalated } }
}

/** The stretch as the first of a new session: what came before it is nobody's business any more. */
export function asFirst({ finding }: Stretch, terms: CameraRule): Stretch {
  const fresh = { openedAt: finding.since, count: 1, heldBeforeMs: 0, response: terms.response }
  return { finding: { ...finding, ...fresh }, escalated: false }
}

/** What follows while the rule holds, under the terms of now. */
export const responseOf = (terms: CameraRule, escalated: boolean): Response =>
  escalated && terms.escalate !== undefined ? terms.escalate.to : terms.response
