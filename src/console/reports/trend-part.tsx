import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, type ReactNode } from 'react'
import { advocateListSchema, advocateTrendSchema } from '../../contract/wire/v1/coaching'
import type { ReportFilter } from '../../contract/wire/v1/saved-filter'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { FailedLine } from '../app/failed-line'
import { failureWords } from '../app/failure-words'
import { download } from '../hub/download'
import { failureOf } from '../hub/failure'
import review from '../review/review-page.module.css'
import { mondaysOf } from './mondays'
import classes from './reports-page.module.css'
import { trendCsv } from './trend-csv'
import { TrendFigures } from './trend-figures'

type Filter = Extract<ReportFilter, { view: 'trend' }>
const lengths = [4, 8, 12, 26] as const

interface Props {
  readonly filter: Filter
  readonly until: number
  readonly onChoose: (next: Filter) => void
}

/** How one advocate of the team fares from week to week, to talk about it with them. */
export function TrendPart({ filter, until, onChoose }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, onEnded } = useConsole()
  const { advocate, weeks } = filter
  const people = useQuery({
    queryKey: ['advocates'],
    queryFn: ({ signal }) => hub.ask(advocateListSchema, 'advocates', signal)
  })
  const query = useMemo(() => {
    const mondays = mondaysOf(until, weeks).map((day) => day.toISOString())
    return new URLSearchParams({ mondays: mondays.join(',') }).toString()
  }, [until, weeks])
  const trend = useQuery({
    queryKey: ['trend', advocate, query],
    queryFn: ({ signal }) =>
      hub.ask(advocateTrendSchema, `advocates/${encodeURIComponent(advocate ?? '')}/trend?${query}`, signal),
    enabled: advocate !== null,
    // Each look is noted: none is made unasked.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Infinity
  })
  const error = people.error ?? trend.error
  const failure = error === null ? null : failureOf(error)
  useEffect(() => {
    if (failure?.kind === 'signed-out') onEnded()
  }, [failure?.kind, onEnded])
  const isGone = failure?.kind === 'refused' && failure.code === 'not-found'
  const why = failure === null || isGone ? null : failureWords(words, failure)
  const again = (): unknown => (people.error === null ? trend.refetch() : people.refetch())
  const { data } = trend
  return (
    <>
      <div className={classes.acts}>
        <NativeSelect
          label={say('trend.advocate')}
          disabled={people.data === undefined}
          data={[
            { value: '', label: say('trend.advocate.choose') },
            ...(people.data?.advocates ?? []).map(({ id, name }) => ({ value: id, label: name }))
          ]}
          value={advocate ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChoose({ ...filter, advocate: value === '' ? null : value })
          }
        />
        <SegmentedControl
          aria-label={say('trend.weeks')}
          data={lengths.map((count) => ({ value: String(count), label: say('trend.weeks.of', { count }) }))}
          value={String(weeks)}
          onChange={(value) =>
            onChoose({ ...filter, weeks: lengths.find((one) => String(one) === value) ?? 8 })
          }
        />
        <Button
          variant="default"
          disabled={data === undefined}
          onClick={() =>
            data === undefined ? undefined : download('havendesk-trend.csv', trendCsv(data), 'text/csv')
          }
        >
          {say('report.csv')}
        </Button>
      </div>
      <FailedLine why={why} again={again} />
      {data !== undefined ? (
        <TrendFigures trend={data} />
      ) : why !== null ? null : (
        <p className={review.quiet} data-testid="trend-words">
          {say(
            isGone
              ? 'trend.gone'
              : people.data?.advocates.length === 0
                ? 'trend.noAdvocates'
                : advocate === null
                  ? 'trend.nobody'
                  : 'common.loading'
          )}
        </p>
      )}
    </>
  )
}
