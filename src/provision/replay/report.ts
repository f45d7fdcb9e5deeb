import { alertsOf, differenceOf, type Replay, type ReplayedAlert } from '../../core/compliance/replay'
import { ruleIdSchema, type RuleId } from '../../core/judgement/rule'

/** What one policy makes of a recording, in figures. */
export interface ReplayFigures {
  readonly alerts: number
  readonly alertsPerRule: Readonly<Partial<Record<RuleId, number>>>
  readonly hiddenSeconds: number
  /** Covered without an alert, because a question had no answer. */
  readonly uncertainSeconds: number
  readonly list: readonly ReplayedAlert[]
}

/** The whole answer, as `--json` prints it. */
export interface ReplayReport {
  readonly looks: number
  readonly seconds: number
  readonly policy: ReplayFigures
  readonly against: ReplayFigures | null
  readonly appeared: readonly ReplayedAlert[]
  readonly disappeared: readonly ReplayedAlert[]
  readonly changed: readonly { readonly before: ReplayedAlert; readonly after: ReplayedAlert }[]
}

export function reportOf(replay: Replay, against: Replay | null): ReplayReport {
  const difference =
    against === null ? { appeared: [], disappeared: [], changed: [] } : differenceOf(against, replay)
  const seconds = inSeconds(replay.lastAt - replay.firstAt)
  return {
    looks: replay.looks,
    seconds,
    policy: figuresOf(replay),
    against: against === null ? null : figuresOf(against),
    ...difference
  }
}

function figuresOf(replay: Replay): ReplayFigures {
  const list = alertsOf(replay).map((alert) => fromStart(alert, replay.firstAt))
  const counts = new Map<RuleId, number>()
  for (const { rule } of list) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return {
    alerts: list.length,
    alertsPerRule: Object.fromEntries(counts),
    hiddenSeconds: inSeconds(replay.timeIn.hidden),
    uncertainSeconds: inSeconds(replay.timeIn.starting),
    list
  }
}

/** Instants count from the recording's start, so that two recordings of one clip read the same. */
const fromStart = (alert: ReplayedAlert, firstAt: number): ReplayedAlert => ({
  ...alert,
  openedAt: alert.openedAt - firstAt,
  endedAt: alert.endedAt === null ? null : alert.endedAt - firstAt
})

const inSeconds = (ms: number): number => Math.round(ms / 100) / 10

/** The report as lines of text. */
export function describeReport(report: ReplayReport): string {
  const { policy, against, appeared, disappeared, changed } = report
  const columns = against === null ? [policy] : [against, policy]
  const row = (name: string, valueOf: (figures: ReplayFigures) => number): string =>
    `  ${name.padEnd(24)}${columns.map((figures) => String(valueOf(figures)).padStart(10)).join('')}`
  const rules = ruleIdSchema.options.filter((rule) =>
    columns.some(({ alertsPerRule }) => (alertsPerRule[rule] ?? 0) > 0)
  )
  return [
    `${report.looks} looks over ${clock(report.seconds * 1000)}.`,
    '',
    `  ${''.padEnd(24)}${(against === null ? ['policy'] : ['before', 'policy']).map((name) => name.padStart(10)).join('')}`,
    row('alerts', ({ alerts }) => alerts),
    ...rules.map((rule) => row(`  ${rule}`, ({ alertsPerRule }) => alertsPerRule[rule] ?? 0)),
    row('seconds hidden', ({ hiddenSeconds }) => hiddenSeconds),
    row('seconds without answer', ({ uncertainSeconds }) => uncertainSeconds),
    ...(against === null
      ? list('Alerts', policy.list)
      : [
          ...list('Only under this policy', appeared),
          ...list('No more under this policy', disappeared),
          ...list(
            'Answered otherwise',
            changed.map(({ after }) => after),
            changed.map(({ before }) => `was ${before.response}`)
          )
        ]),
    ...(against !== null && appeared.length + disappeared.length + changed.length === 0
      ? ['', 'The same alerts under both.']
      : [])
  ].join('\n')
}

function list(title: string, alerts: readonly ReplayedAlert[], notes: readonly string[] = []): string[] {
  if (alerts.length === 0) return []
  return ['', `${title}:`, ...alerts.map((alert, i) => `  ${describeAlert(alert)}${note(notes[i])}`)]
}

const note = (text: string | undefined): string => (text === undefined ? '' : `, ${text}`)

/** `00:14:05.2  phone  blank  for 4.2 s, 2 times, best 0.61`. */
function describeAlert({
  openedAt,
  rule,
  response,
  heldMs,
  count,
  peakScore,
  endedAt
}: ReplayedAlert): string {
  const times = count > 1 ? `, ${count} times` : ''
  const open = endedAt === null ? ', still there at the end' : ''
  return `${clock(openedAt)}  ${rule}  ${response}  for ${inSeconds(heldMs)} s${times}, best ${peakScore.toFixed(2)}${open}`
}

/** Time since the recording's start: `01:02:03.4`. */
function clock(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const tenths = Math.floor((ms % 1000) / 100)
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${tenths}`
}
