import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useLocation, useRoute } from 'wouter'
import type { AlertView } from '../../contract/wire/v1/console'
import type { AlertList, AlertListQuery } from '../../contract/wire/v1/review'
import { verdictOf } from '../../core/alert/life'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { dayAndTime } from '../../ui/time'
import { AlertPanel } from '../alert/alert-panel'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { Notice } from '../app/notice'
import split from '../board/board-page.module.css'
import { useAcknowledge } from '../board/use-acknowledge'
import { nameOf } from '../board/words'
import { failureOf } from '../hub/failure'
import classes from './review-page.module.css'

const stages = ['undecided', 'appealed', 'closed', 'all'] as const
type Stage = AlertListQuery['stage']

/** Alerts of all days, by how far they have come: to decide on them, to answer objections, to look back. */
export function ReviewPage(): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, keys, may, onEnded } = useConsole()
  const [stage, setStage] = useState<Stage>(
    may('alert.decide') ? 'undecided' : may('appeal.decide') ? 'appealed' : 'all'
  )
  const list = useInfiniteQuery({
    queryKey: ['alerts', stage],
    queryFn: ({ pageParam, signal }) =>
      hub.alerts({ stage, ...(pageParam === null ? {} : { before: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: AlertList) => last.next,
    // No rows of the stage before meanwhile: who clicks one of those is led to an alert that is not in this list.
    refetchOnWindowFocus: false
  })
  const alerts = useMemo(() => list.data?.pages.flatMap((page) => page.alerts) ?? [], [list.data])
  const [, navigate] = useLocation()
  const [isOpen, params] = useRoute('/review/:id')
  const at = isOpen ? alerts.findIndex(({ id }) => id === params.id) : -1
  const alert = alerts[at]
  const acknowledging = useAcknowledge()
  const failure = list.error === null ? null : failureOf(list.error)
  useEffect(() => {
    if (failure?.kind === 'signed-out') onEnded()
  }, [failure?.kind, onEnded])

  if (failure !== null && list.data === undefined) {
    const { what, remedy } = failureWords(words, failure)
    const again = <Button onClick={() => void list.refetch()}>{say('common.retry')}</Button>
    return <Notice title={what} hint={remedy} action={again} />
  }
  return (
    <main className={split.split} data-open={alert !== undefined || undefined}>
      <div className={split.main} data-testid="review">
        <div className={classes.head}>
          <h2 className={classes.title} id="desks" tabIndex={-1}>
            {say('review.title')}
          </h2>
          <SegmentedControl<Stage>
            aria-label={say('review.stages')}
            data={stages.map((value) => ({ value, label: say(`review.stage.${value}`) }))}
            value={stage}
            onChange={(value) => {
              setStage(value)
              navigate('/review')
            }}
          />
        </div>
        {list.isPending ? (
          <p className={classes.quiet}>{say('common.loading')}</p>
        ) : alerts.length === 0 ? (
          <p className={classes.quiet}>
            {say('review.none')} {say('review.noneHint')}
          </p>
        ) : (
          <Table alerts={alerts} selected={alert?.id ?? null} onOpen={(id) => navigate(`/review/${id}`)} />
        )}
        {list.hasNextPage ? (
          <Button
            variant="default"
            className={classes.more}
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {say('review.more')}
          </Button>
        ) : null}
      </div>
      {alert === undefined ? null : (
        <div className={split.side}>
          <AlertPanel
            alert={alert}
            position={null}
            open={alerts.length}
            keys={keys}
            acknowledging={acknowledging}
            onStep={(by) => {
              const next = alerts[Math.min(alerts.length - 1, Math.max(0, at + by))]
              if (next !== undefined) navigate(`/review/${next.id}`)
            }}
            onClose={() => navigate('/review')}
            onDone={() => void list.refetch()}
          />
        </div>
      )}
    </main>
  )
}

interface TableProps {
  readonly alerts: readonly AlertView[]
  readonly selected: string | null
  readonly onOpen: (id: string) => void
}

function Table({ alerts, selected, onOpen }: TableProps): ReactNode {
  const { language, say } = useWords()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {(['when', 'who', 'rule', 'stage', 'found'] as const).map((column) => (
            <th key={column} scope="col">
              {say(`review.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {alerts.map((one) => {
          const { life } = one
          const counted = life === undefined ? null : verdictOf(life)
          return (
            <tr key={one.id} data-testid="review-row" data-alert-id={one.id}>
              <td>{dayAndTime(language, one.raisedAt)}</td>
              <td>
                <button
                  type="button"
                  className={classes.open}
                  aria-current={selected === one.id ? 'true' : undefined}
                  onClick={() => onOpen(one.id)}
                >
                  {nameOf(one)}
                </button>
              </td>
              <td>{ruleTitle(language, one.rule)}</td>
              <td>{life === undefined ? '' : say(`life.stage.${life.stage}`)}</td>
              <td>{counted === null ? '' : say(`life.verdict.${counted}`)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
