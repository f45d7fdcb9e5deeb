import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { memo, useRef, useState, type ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { IncidentCard } from './incident-card'
import classes from './incidents.module.css'
import type { Acknowledging } from './use-acknowledge'
import { useKeptFocus } from './use-kept-focus'

/** So many cards are drawn before one asks for more; ten thousand at once would freeze the page. */
const PAGE = 250

interface Props {
  readonly alerts: readonly AlertView[]
  readonly selected: string | null
  readonly acknowledging: Acknowledging
  readonly onOpen: (alert: string) => void
}

/** What waits for the supervisor, pinned above the desks. */
export const Incidents = memo(function Incidents({
  alerts,
  selected,
  acknowledging,
  onOpen
}: Props): ReactNode {
  const { say } = useWords()
  const [limit, setLimit] = useState(PAGE)
  const rest = alerts.length - limit
  const heading = useRef<HTMLHeadingElement>(null)
  const kept = useKeptFocus(alerts, heading)
  return (
    <section aria-labelledby="incidents" className={classes.section}>
      <div className={classes.head}>
        <h2 id="incidents" ref={heading} tabIndex={-1} className={classes.title}>
          {say('board.incidents')}
        </h2>
        {alerts.length === 0 ? null : (
          <span className={classes.count} data-testid="open-alerts">
            {say('board.incidents.count', { count: alerts.length })}
          </span>
        )}
      </div>
      {alerts.length === 0 ? (
        <p className={classes.none}>
          <IconCircleCheck size={20} stroke={1.75} aria-hidden className={classes.well} />
          <span>
            {say('board.incidents.none')}{' '}
            <span className={classes.hint}>{say('board.incidents.noneHint')}</span>
          </span>
        </p>
      ) : (
        <div
          ref={kept.list}
          className={classes.cards}
          data-many={alerts.length > 8 || undefined}
          onFocus={kept.onFocus}
          onBlur={kept.onBlur}
        >
          {alerts.slice(0, limit).map((alert) => (
            <IncidentCard
              key={alert.id}
              alert={alert}
              selected={alert.id === selected}
              acting={acknowledging.of(alert.id)}
              onAcknowledge={acknowledging.acknowledge}
              onOpen={onOpen}
            />
          ))}
          {rest > 0 ? (
            <Button variant="default" onClick={() => setLimit(limit + PAGE)}>
              {say('board.more', { count: Math.min(PAGE, rest) })}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  )
})
