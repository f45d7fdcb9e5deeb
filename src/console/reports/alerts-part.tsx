import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, type ReactNode } from 'react'
import type { AlertReport } from '../../contract/wire/v1/review'
import type { ReportFilter } from '../../contract/wire/v1/saved-filter'
import { useWords, type Words } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { useConsole } from '../app/console-context'
import { FailedLine } from '../app/failed-line'
import { failureWords } from '../app/failure-words'
import { download } from '../hub/download'
import { failureOf } from '../hub/failure'
import review from '../review/review-page.module.css'
import { Bars } from './bars'
import { csvOf } from './csv'
import classes from './reports-page.module.css'

type Filter = Extract<ReportFilter, { view: 'alerts' }>
const stretches = [1, 7, 30] as const
const DAY_MS = 86_400_000

interface Props {
  readonly filter: Filter
  readonly until: number
  readonly onChoose: (next: Filter) => void
  /** The filter asks for what there is not: another one, in its place. */
  readonly onCorrect: (next: Filter) => void
}

/** How much each rule raises, how often it is wrong, how soon somebody answers. */
export function AlertsPart({ filter, until, onChoose, onCorrect }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, onEnded } = useConsole()
  const { days, team } = filter
  const query = useMemo(
    () => ({
      from: new Date(until - days * DAY_MS).toISOString(),
      to: new Date(until).toISOString(),
      ...(team === null ? {} : { team })
    }),
    [days, team, until]
  )
  const { data, error, refetch } = useQuery<AlertReport>({
    queryKey: ['report', query],
    queryFn: ({ signal }) => hub.report(query, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false
  })
  const failure = error === null ? null : failureOf(error)
  useEffect(() => {
    if (failure?.kind === 'signed-out') onEnded()
  }, [failure?.kind, onEnded])
  // A team that was kept and is none any more: all of them.
  const isGone = team !== null && failure?.kind === 'refused' && failure.code === 'not-found'
  useEffect(() => {
    if (isGone) onCorrect({ ...filter, team: null })
  }, [isGone, filter, onCorrect])
  const why = failure === null || isGone ? null : failureWords(words, failure)
  return (
    <>
      <div className={classes.acts}>
        {data?.byTeam === undefined || data.byTeam.length < 2 ? null : (
          <NativeSelect
            aria-label={say('report.team')}
            data={[
              { value: '', label: say('report.team.all') },
              ...data.byTeam.map((one) => ({ value: one.team, label: one.name }))
            ]}
            value={team ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChoose({ ...filter, team: value === '' ? null : value })
            }
          />
        )}
        <SegmentedControl
          aria-label={say('report.stretch')}
          data={stretches.map((value) => ({ value: String(value), label: say(`report.stretch.${value}`) }))}
          value={String(days)}
          onChange={(value) =>
            onChoose({ ...filter, days: stretches.find((one) => String(one) === value) ?? 7 })
          }
        />
        <Button
          variant="default"
          disabled={data === undefined}
          onClick={() =>
            data === undefined ? undefined : download('havendesk-alerts.csv', csvOf(data), 'text/csv')
          }
        >
          {say('report.csv')}
        </Button>
      </div>
      <FailedLine why={why} again={refetch} />
      {data === undefined ? (
        why === null ? (
          <p className={review.quiet}>{say('common.loading')}</p>
        ) : null
      ) : data.byRule.length === 0 ? (
        <p className={review.quiet}>{say('report.none')}</p>
      ) : (
        <Figures report={data} words={words} />
      )}
    </>
  )
}

const columns = ['rule', 'raised', 'agreed', 'falseAlarms', 'share', 'p50', 'p95', 'escalated'] as const

function Figures({ report, words }: { readonly report: AlertReport; readonly words: Words }): ReactNode {
  const { language, say } = words
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const seconds = (value: number | null): string =>
    value === null ? '–' : say('report.seconds', { count: Math.round(value) })
  return (
    <>
      <section className={classes.charts}>
        <Bars
          title={say('report.byRule')}
          bars={report.byRule.map((row) => ({ name: ruleTitle(language, row.rule), value: row.raised }))}
          look="rows"
        />
        <Bars
          title={say('report.byHour')}
          bars={hoursHere(report.byHour).map((value, hour) => ({ name: String(hour), value }))}
          look="columns"
        />
        {report.byTeam === undefined || report.byTeam.length < 2 ? null : (
          <Bars
            title={say('report.byTeam')}
            bars={report.byTeam.map(({ name, raised }) => ({ name, value: raised }))}
            look="rows"
          />
        )}
      </section>
      <table className={review.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {say(`report.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.byRule.map((row) => (
            <tr key={row.rule} data-testid="report-row" data-rule={row.rule}>
              <th scope="row">{ruleTitle(language, row.rule)}</th>
              <td>{row.raised}</td>
              <td>{row.agreed}</td>
              <td>{row.falseAlarms}</td>
              <td>{row.falseAlarmShare === null ? '–' : percent.format(row.falseAlarmShare)}</td>
              <td>{seconds(row.acknowledgeP50S)}</td>
              <td>{seconds(row.acknowledgeP95S)}</td>
              <td>{row.escalated}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The hub counts by hours of UTC; people read their own clock. Half hours of a zone are rounded to the hour. */
function hoursHere(utc: readonly number[]): readonly number[] {
  const offset = Math.round(-new Date().getTimezoneOffset() / 60)
  return utc.map((_, hour) => utc[(((hour - offset) % 24) + 24) % 24] ?? 0)
}
