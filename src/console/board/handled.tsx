import { Button } from '@mantine/core'
import { memo, useState, type ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { clockTime } from '../../ui/time'
import classes from './handled.module.css'
import { nameOf } from './words'

const PAGE = 20

interface Props {
  readonly alerts: readonly AlertView[]
  readonly onOpen: (alert: string) => void
}

/** What was acknowledged in the last hour, so that nobody answers twice. */
export const Handled = memo(function Handled({ alerts, onOpen }: Props): ReactNode {
  const { language, say } = useWords()
  const [limit, setLimit] = useState(PAGE)
  if (alerts.length === 0) return null
  const rest = alerts.length - limit
  return (
    <section aria-labelledby="handled" className={classes.section}>
      <h2 id="handled" className={classes.title}>
        {say('board.handled')} <span className={classes.count}>{alerts.length}</span>
      </h2>
      <ul className={classes.list}>
        {alerts.slice(0, limit).map((alert) => (
          <li key={alert.id} data-testid="handled-alert" data-alert-id={alert.id}>
            <button type="button" className={classes.row} onClick={() => onOpen(alert.id)}>
              <span className={classes.time}>{clockTime(language, alert.raisedAt)}</span>
              <span className={classes.name}>{nameOf(alert)}</span>
              <span>{ruleTitle(language, alert.rule)}</span>
              <span className={classes.by}>
                {say('alert.acknowledged', {
                  by: alert.acknowledgedBy ?? say('alert.timeline.somebody'),
                  time: clockTime(language, alert.acknowledgedAt ?? alert.receivedAt)
                })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="default" className={classes.more} onClick={() => setLimit(limit + PAGE * 5)}>
          {say('board.more', { count: Math.min(PAGE * 5, rest) })}
        </Button>
      ) : null}
    </section>
  )
})
