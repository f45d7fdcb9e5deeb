import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { AlertReport } from '../../contract/wire/v1/review'
import { useWords, type Words } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { useConsole } from '../app/console-context'
import { useStored, useStoredText } from '../app/stored'
import { failureWords } from '../app/failure-words'
import { Notice } from '../app/notice'
import split from '../board/board-page.module.css'
import { download } from '../hub/download'
import { failureOf } from '../hub/failure'
import review from '../review/review-page.module.css'
import { Bars } from './bars'
import { csvOf } from './csv'
import classes from './reports-page.module.css'

const stretches = ['1', '7', '30'] as const
type Stretch = (typeof stretches)[number]
const DAY_MS = 86_400_000

/** Figures that people look at: how much each rule raises, how often it is wrong, how soon somebody answers. */
export function ReportsPage(): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, me, onEnded } = useConsole()
  // What was looked at last is what is looked at next, for each person by themselves.
  const [stretch, setStretch] = useStored<Stretch>(`reports.${me.id}.stretch`, stretches, '7')
  const [team, setTeam] = useStoredText(`reports.${me.id}.team`)
  const [until, setUntil] = useState(() => Date.now())
  const query = useMemo(
    () => ({
      from: new Date(until - Number(stretch) * DAY_MS).toISOString(),
      to: new Date(until).toISOString(),
      ...(team === '' ? {} : { team })
    }),
    [stretch, team, until]
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
  const isGone = team !== '' && failure?.kind === 'refused'
  useEffect(() => {
    if (isGone) setTeam('')
  }, [isGone, setTeam])
  if (failure !== null && !isGone) {
    const { what, remedy } = failureWords(words, failure)
    const again = <Button onClick={() => void refetch()}>{say('common.retry')}</Button>
    return <Notice title={what} hint={remedy} action={again} />
  }
  return (
    <main className={split.main} data-testid="reports">
      <div className={review.head}>
        <h2 className={review.title} id="desks" tabIndex={-1}>
          {say('report.title')}
        </h2>
        <div className={classes.acts}>
          {data?.byTeam === undefined || data.byTeam.length < 2 ? null : (
            <NativeSelect
              aria-label={say('report.team')}
              data={[
                { value: '', label: say('report.team.all') },
                ...data.byTeam.map((one) => ({ value: one.team, label: one.name }))
              ]}
              value={team}
              onChange={(event) => setTeam(event.currentTarget.value)}
            />
          )}
          <SegmentedControl<Stretch>
            aria-label={say('report.stretch')}
            data={stretches.map((value) => ({ value, label: say(`report.stretch.${value}`) }))}
            value={stretch}
            onChange={(value) => {
              setUntil(Date.now())
              setStretch(value)
            }}
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
      </div>
      {data === undefined ? (
        <p className={review.quiet}>{say('common.loading')}</p>
      ) : data.byRule.length === 0 ? (
        <p className={review.quiet}>{say('report.none')}</p>
      ) : (
        <Figures report={data} words={words} />
      )}
    </main>
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
