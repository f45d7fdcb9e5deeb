import type { Rules } from '../../../../src/core/judgement/rule'
import type { Thresholds } from '../../../../src/vision/observe'
import { percentile } from '../../../bench/figures'
import type { ClockKind } from '../run/clock'
import type { Groups } from '../labels/groups'
import { contendedBelow } from '../run/still'
import type { MeasuredPicture, Unreadable } from '../run/stills'
import { compare, contenders, scoresOf, type Comparison, type Scores } from './compare'
import { falseAlarmsOf } from './false-alarms'
import { breakdownOf, fairnessOf } from './fairness'
import { heldPhonesOf } from './held-phones'
import { peopleCountOf } from './people'
import { proportion } from './proportion'
import { ruleConfusions } from './rules-held'

export interface StillsRun {
  readonly measured: readonly MeasuredPicture[]
  readonly unreadable: readonly Unreadable[]
  readonly disagreeing: number
  readonly groups: Groups
  readonly rules: Rules
  readonly thresholds: Thresholds
  readonly forMs: number
  readonly model: string
  readonly clock: ClockKind
  /** Of the stated clock, milliseconds. */
  readonly lookMs: number | null
}

const cameraCounts = (measured: readonly MeasuredPicture[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  measured.forEach(({ still }) => still.camera.forEach((name) => (counts[name] = (counts[name] ?? 0) + 1)))
  return counts
}

/** How it went: looks per still, and what they cost. */
const looksOf = (measured: readonly MeasuredPicture[]) => {
  const counts = measured.map(({ still }) => still.looks)
  return {
    per_still: { p50: percentile(counts, 0.5), least: counts.length === 0 ? null : Math.min(...counts) },
    frame_ms: {
      p50: percentile(
        measured.flatMap(({ still }) => still.frameMs),
        0.5
      ),
      p95: percentile(
        measured.flatMap(({ still }) => still.frameMs),
        0.95
      )
    },
    /** Stills at which no look landed in time. */
    stills_without: counts.filter((count) => count === 0).length,
    /** Stills held up again because other programs took the processor, and those where no try had enough of it. */
    stills_repeated: measured.filter(({ still }) => still.tries > 1).length,
    stills_contended: measured.filter(({ still }) => still.cpuShare < contendedBelow).length,
    cpu_percent_p50: percentile(
      measured.map(({ still }) => still.cpuShare * 100),
      0.5
    ),
    stills_with_unanswered: measured.filter(({ still }) => still.unanswered > 0).length
  }
}

/** Everything that a run over stills found. `pipeline`, `coco_ssd_default`, `coco_ssd_best` and `images` keep their names. */
export const stillResults = (run: StillsRun, comparison: Comparison = compare(run.measured)) => {
  const { measured, unreadable, disagreeing, groups, rules, thresholds, forMs, model, clock, lookMs } = run
  const scores = Object.fromEntries(
    contenders.map((contender) => [contender, scoresOf(measured, comparison, contender)])
  ) as Record<(typeof contenders)[number], Scores>
  const peopled = measured.filter(({ picture }) => (picture.persons ?? 1) > 0)
  return {
    images: measured.length,
    unreadable,
    tags_contradict_boxes: disagreeing,
    model,
    thresholds,
    rules,
    seconds_per_still: forMs / 1000,
    clock,
    ...(lookMs === null ? {} : { look_ms: lookMs }),
    pipeline: scores.pipeline,
    coco_ssd_default: { threshold: 0.5, ...scores.coco_ssd_default },
    coco_ssd_best: { threshold: comparison.bestThreshold, ...scores.coco_ssd_best },
    false_alarms_on_clear_scenes: falseAlarmsOf(measured, comparison),
    people_count: {
      pipeline: peopleCountOf(measured, 'pipeline'),
      coco_ssd_default: peopleCountOf(measured, 'coco_ssd_default')
    },
    absent_though_there: proportion(peopled.filter(({ still }) => still.absent).length, peopled.length),
    rule_confusion: ruleConfusions(measured, rules, forMs),
    held_phones: heldPhonesOf(measured, comparison, groups),
    breakdown: breakdownOf(measured, comparison, groups),
    fairness: fairnessOf(measured, comparison),
    camera_truth_not_applied: cameraCounts(measured),
    looks: looksOf(measured)
  }
}
export type StillResults = ReturnType<typeof stillResults>

/** The same data with every number cut to four places: more would pretend. */
export const trimmed = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.round(value * 10_000) / 10_000
  if (Array.isArray(value)) return value.map(trimmed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, trimmed(inner)]))
}
