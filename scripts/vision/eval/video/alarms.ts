import { hides } from '../../../../src/core/judgement/hides'
import type { RuleId } from '../../../../src/core/judgement/rule'
import type { Looked } from '../run/watch-loop'
import type { ClipEvent, ClipLabels, ClipTopic } from './clip-labels'

/** What a rule's alarm has to be there for; rules about the camera are not labelled. */
const topicOf: Readonly<Partial<Record<RuleId, ClipTopic>>> = {
  phone: 'phone',
  book: 'book',
  'second-person': 'people',
  'second-screen': 'screen',
  nobody: 'nobody'
}

/** One rule from when it began to hold until it cleared. Milliseconds of the recording. */
export interface Alarm {
  readonly rule: RuleId
  /** When the evidence began. */
  readonly sinceMs: number
  /** When the rule held: the verdict was there. */
  readonly fromMs: number
  readonly toMs: number
  readonly hides: boolean
  /** Whether what it says was in view when it rose; null when nobody wrote that down. */
  readonly right: boolean | null
}

const overlaps = ({ fromMs, toMs }: ClipEvent, from: number, to: number): boolean =>
  fromMs <= to && toMs >= from

const rightness = (
  { labelled, events }: ClipLabels,
  rule: RuleId,
  since: number,
  frameAt: number
): boolean | null => {
  const topic = topicOf[rule]
  if (topic === undefined || !labelled.has(topic)) return null
  return events.some((event) => event.topic === topic && overlaps(event, since, frameAt))
}

/** Follows the verdicts of one recording and gathers what rose and fell. */
export const alarmBook = (labels: ClipLabels) => {
  const open = new Map<RuleId, Alarm>()
  const closed: Alarm[] = []
  return {
    looked: ({ verdict, landedAt, frameAt }: Pick<Looked, 'verdict' | 'landedAt' | 'frameAt'>): void => {
      for (const { rule, response, since } of verdict.findings)
        if (!open.has(rule))
          open.set(rule, {
            rule,
            sinceMs: since,
            fromMs: landedAt,
            toMs: landedAt,
            hides: hides(response),
            right: rightness(labels, rule, since, frameAt)
          })
      for (const [rule, alarm] of open)
        if (!verdict.findings.some((finding) => finding.rule === rule)) {
          closed.push({ ...alarm, toMs: landedAt })
          open.delete(rule)
        }
    },
    /** Every alarm; those that still hold end with the recording. */
    closeAt: (endMs: number): readonly Alarm[] =>
      [
        ...closed,
        ...[...open.values()].map((alarm) => ({ ...alarm, toMs: Math.max(alarm.fromMs, endMs) }))
      ].sort((a, b) => a.fromMs - b.fromMs)
  }
}

/** Milliseconds that the union of some alarms lasts. */
export const unionMs = (alarms: readonly Alarm[]): number => {
  let [sum, until] = [0, -Infinity]
  for (const { fromMs, toMs } of [...alarms].sort((a, b) => a.fromMs - b.fromMs)) {
    sum += Math.max(0, toMs - Math.max(fromMs, until))
    until = Math.max(until, toMs)
  }
  return sum
}

/** How long after an event began its rule held; null when it never did while the event lasted. */
export const detectedAfter = (event: ClipEvent, alarms: readonly Alarm[]): number | null => {
  const times = alarms
    .filter(({ rule, fromMs, toMs }) => topicOf[rule] === event.topic && overlaps(event, fromMs, toMs))
    .map(({ fromMs }) => Math.max(0, fromMs - event.fromMs))
  return times.length === 0 ? null : Math.min(...times)
}
