import type { TrendQuery, TrendWeek } from '../../contract/wire/v1/coaching'
import type { Verdict } from '../../core/alert/life'
import type { RuleId } from '../../core/judgement/rule'

/** Sessions with less than this between them are one shift, milliseconds: a lunch, a restart, a lost line. */
export const SHIFT_GAP_MS = 4 * 3_600_000
/** No session counts for longer, milliseconds: one that nobody ended is not a week's work. */
export const LONGEST_SESSION_MS = 16 * 3_600_000

/** A stretch of time, milliseconds since the epoch; the end is not part of it. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What is known of one advocate. Of alerts, `verdict` is what counts in the end. */
export interface Known {
  readonly sessions: readonly Stretch[]
  readonly alerts: readonly {
    readonly at: number
    readonly rule: RuleId
    readonly verdict: Verdict | null
    /** For how long it hid the desk, milliseconds from `at`. */
    readonly hiddenMs: number
  }[]
  /** Days as other systems tell them, `at` noon of the day (UTC). */
  readonly days: readonly { readonly at: number; readonly calls: number; readonly adherence: number | null }[]
}

/** The weeks of a trend, each counted from what lies in it. A shift counts in the week in which it began. */
export function weeksOf({ mondays }: TrendQuery, known: Known): TrendWeek[] {
  const edges = mondays.map((at) => Date.parse(at))
  const work = joined(known.sessions, 0)
  const shifts = joined(known.sessions, SHIFT_GAP_MS)
  // Two things that are seen at once hide a desk once.
  const hidden = joined(
    known.alerts.map(({ at, hiddenMs }) => ({ from: at, to: at + hiddenMs })),
    0
  )
  return edges.slice(0, -1).map((from, n) => {
    const week = { from, to: edges[n + 1] ?? from }
    const isIn = (at: number): boolean => at >= week.from && at < week.to
    const alerts = known.alerts.filter(({ at }) => isIn(at))
    const days = known.days.filter(({ at }) => isIn(at))
    const told = days.flatMap(({ adherence }) => adherence ?? [])
    const begun = shifts.filter((shift) => isIn(shift.from)).length
    return {
      from: new Date(week.from).toISOString(),
      shifts: begun,
      signedInS: sum(work.map((one) => overlap(one, week))) / 1000,
      hiddenS: sum(hidden.map((one) => overlap(one, week))) / 1000,
      raised: alerts.length,
      agreed: alerts.filter(({ verdict }) => verdict === 'agreed').length,
      falseAlarms: alerts.filter(({ verdict }) => verdict === 'false-alarm').length,
      raisedPerShift: begun === 0 ? null : alerts.length / begun,
      byRule: byRule(alerts),
      adherence: told.length === 0 ? null : sum(told) / told.length,
      calls: days.length === 0 ? null : sum(days.map(({ calls }) => calls))
    }
  })
}

function byRule(alerts: Known['alerts']): TrendWeek['byRule'] {
  return [...new Set(alerts.map(({ rule }) => rule))]
    .map((rule) => {
      const own = alerts.filter((one) => one.rule === rule)
      const falseAlarms = own.filter(({ verdict }) => verdict === 'false-alarm').length
      return { rule, raised: own.length, falseAlarms }
    })
    .sort((a, b) => b.raised - a.raised || a.rule.localeCompare(b.rule))
}

/** Stretches with less than `gapMs` between them as one, in order; none is cut longer than a session may be. */
function joined(all: readonly Stretch[], gapMs: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const one of [...all].sort((a, b) => a.from - b.from)) {
    const to = Math.min(one.to, one.from + LONGEST_SESSION_MS)
    if (to <= one.from) continue
    const last = stretches.at(-1)
    if (last === undefined || one.from > last.to + gapMs) stretches.push({ from: one.from, to })
    else stretches[stretches.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return stretches
}

const overlap = (a: Stretch, b: Stretch): number =>
  Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
