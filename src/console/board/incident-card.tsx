import { Button } from '@mantine/core'
import { memo, useEffect, useRef, type ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { Since } from '../../ui/since'
import { StateMark } from '../../ui/state-mark'
import { stateOfSeverity } from '../../ui/states'
import { AcknowledgeButton } from '../alert/acknowledge-button'
import { failureWords } from '../app/failure-words'
import { useShown } from './use-shown'
import classes from './incident-card.module.css'
import type { Acting } from './use-acknowledge'
import { alertCardWords, nameOf } from './words'

interface Props {
  readonly alert: AlertView
  readonly selected: boolean
  readonly acting: Acting | undefined
  readonly onAcknowledge: (alert: string) => void
  readonly onOpen: (alert: string) => void
}

/** One alert that waits for somebody, with the one act it needs. */
export const IncidentCard = memo(function IncidentCard(props: Props): ReactNode {
  const { alert, selected, acting, onAcknowledge, onOpen } = props
  const words = useWords()
  const { language, say } = words
  useShown(alert)
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const name = nameOf(alert)
  const rule = ruleTitle(language, alert.rule)
  const failed = acting?.state === 'failed' ? failureWords(words, acting.failure).what : null
  return (
    <article
      ref={card}
      className={classes.card}
      data-testid="alert-card"
      data-alert-id={alert.id}
      data-rule={alert.rule}
      data-active={alert.active}
      data-state={stateOfSeverity(alert.severity)}
      data-selected={selected || undefined}
      aria-label={`${name}: ${rule}`}
    >
      <div className={classes.top}>
        <StateMark state={stateOfSeverity(alert.severity)} word={rule} look="chip" />
        <span className={classes.quiet}>
          <Since at={alert.raisedAt} show="length" />
        </span>
      </div>
      <div className={classes.who}>
        <span className={classes.name}>{name}</span>
        {alert.simulated ? <span className={classes.simulated}>{say('desk.simulated')}</span> : null}
      </div>
      <div className={classes.quiet}>{alertCardWords(words, alert).join(' · ')}</div>
      {alert.life === undefined || alert.life.level === 'supervisor' ? null : (
        <div className={classes.escalated} data-testid="escalated">
          {say(`life.level.${alert.life.level}`)}
        </div>
      )}
      {failed === null ? null : (
        <div role="alert" className={classes.failed}>
          {say('alert.acknowledgeFailed', { why: failed })}
        </div>
      )}
      <div className={classes.acts}>
        <AcknowledgeButton alert={alert} acting={acting} onAcknowledge={onAcknowledge} compact />
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onOpen(alert.id)}
          aria-label={say('alert.detailsOf', { name, rule })}
          aria-current={selected ? 'true' : undefined}
        >
          {say('alert.details')}
        </Button>
      </div>
    </article>
  )
})
