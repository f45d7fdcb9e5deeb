import type { AdvocateTrend, TrendWeek } from '../../contract/wire/v1/coaching'

const cells = {
  weekFrom: ({ from }: TrendWeek) => from,
  shifts: ({ shifts }: TrendWeek) => shifts,
  atDeskS: ({ signedInS }: TrendWeek) => Math.round(signedInS),
  alerts: ({ raised }: TrendWeek) => raised,
  alertsPerShift: ({ raisedPerShift }: TrendWeek) => raisedPerShift,
  agreed: ({ agreed }: TrendWeek) => agreed,
  falseAlarms: ({ falseAlarms }: TrendWeek) => falseAlarms,
  hiddenS: ({ hiddenS }: TrendWeek) => Math.round(hiddenS),
  adherence: ({ adherence }: TrendWeek) => adherence,
  calls: ({ calls }: TrendWeek) => calls
} as const

/** A trend as a table for a spreadsheet (RFC 4180): a row for each week, two columns for each rule that came, no name. */
export function trendCsv({ weeks }: AdvocateTrend): string {
  const rules = [...new Set(weeks.flatMap(({ byRule }) => byRule.map(({ rule }) => rule)))].sort()
  const header = [
    ...Object.keys(cells),
    ...rules.flatMap((rule) => [`alerts:${rule}`, `falseAlarms:${rule}`])
  ]
  const rows = weeks.map((week) => [
    ...Object.values(cells).map((cell) => cell(week) ?? ''),
    ...rules.flatMap((rule) => {
      const own = week.byRule.find((one) => one.rule === rule)
      return [own?.raised ?? 0, own?.falseAlarms ?? 0]
    })
  ])
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}
