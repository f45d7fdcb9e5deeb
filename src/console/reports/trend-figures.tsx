import { useId, type ReactNode } from 'react'
import type { AdvocateTrend, TrendWeek } from '../../contract/wire/v1/coaching'
import type { RuleId } from '../../core/judgement/rule'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import lists from '../connections/connections.module.css'
import review from '../review/review-page.module.css'
import { Bars } from './bars'
import classes from './reports-page.module.css'

/** So many rules have a chart of their own: those that came most. */
const MOST_CHARTS = 5
/** So many columns of a chart have room for their words. */
const MOST_WORDS = 8
const columns = [
  ...(['week', 'shifts', 'time', 'raised', 'perShift', 'agreed', 'falseAlarms'] as const),
  ...(['hidden', 'adherence', 'calls'] as const)
]

/** A trend in charts of one scale, and in full as a table beside them. */
export function TrendFigures({ trend: { advocate, weeks } }: { readonly trend: AdvocateTrend }): ReactNode {
  const { language, say } = useWords()
  const heading = useId()
  const { name } = advocate
  if (weeks.every(({ shifts, raised, calls }) => shifts + raised + (calls ?? 0) === 0))
    return <p className={review.quiet}>{say('trend.none', { name })}</p>
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' })
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const known = (value: number | null, format: Intl.NumberFormat): string =>
    value === null ? '–' : format.format(value)
  const week = ({ from }: TrendWeek): string => day.format(new Date(from))
  const most = Math.max(1, ...weeks.map(({ raisedPerShift }) => raisedPerShift ?? 0))
  const every = Math.ceil(weeks.length / MOST_WORDS)
  const chart = (key: string, title: string, of: (one: TrendWeek) => number | null): ReactNode => {
    const bars = weeks.map((one) => ({ name: week(one), value: of(one), text: known(of(one), number) }))
    return <Bars key={key} title={title} look="columns" most={most} every={every} bars={bars} />
  }
  return (
    <>
      <p className={review.quiet}>{say('trend.intro', { name })}</p>
      <section className={classes.small} data-testid="trend-charts">
        {chart('all', say('trend.all'), ({ raisedPerShift }) => raisedPerShift)}
        {mostRaised(weeks).map((rule) =>
          chart(rule, say('trend.rule', { rule: ruleTitle(language, rule) }), (one) => perShift(one, rule))
        )}
        <Bars
          title={say('trend.adherence')}
          look="columns"
          most={1}
          every={every}
          bars={weeks.map((one) => ({
            name: week(one),
            value: one.adherence,
            text: known(one.adherence, percent)
          }))}
        />
      </section>
      <section className={lists.part} aria-labelledby={heading}>
        <h3 className={lists.partTitle} id={heading}>
          {say('trend.table')}
        </h3>
        <div className={lists.scroll} tabIndex={0} role="group" aria-labelledby={heading}>
          <table className={`${review.table ?? ''} ${classes.weeks ?? ''}`}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {say(`trend.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((one) => (
                <tr key={one.from} data-testid="trend-row">
                  <th scope="row">{week(one)}</th>
                  <td>{one.shifts}</td>
                  <td>{say('trend.hours', { hours: number.format(one.signedInS / 3600) })}</td>
                  <td>{one.raised}</td>
                  <td>{known(one.raisedPerShift, number)}</td>
                  <td>{one.agreed}</td>
                  <td>{one.falseAlarms}</td>
                  <td>{say('trend.minutes', { minutes: number.format(one.hiddenS / 60) })}</td>
                  <td>{known(one.adherence, percent)}</td>
                  <td>{one.calls ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}

const perShift = ({ shifts, byRule }: TrendWeek, rule: RuleId): number | null =>
  shifts === 0 ? null : (byRule.find((one) => one.rule === rule)?.raised ?? 0) / shifts

function mostRaised(weeks: readonly TrendWeek[]): readonly RuleId[] {
  const raised = new Map<RuleId, number>()
  for (const one of weeks.flatMap(({ byRule }) => byRule))
    raised.set(one.rule, (raised.get(one.rule) ?? 0) + one.raised)
  const rules = [...raised].sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
  return rules.slice(0, MOST_CHARTS).map(([rule]) => rule)
}
