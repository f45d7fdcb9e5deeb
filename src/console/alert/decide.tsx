import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { reasonsFor, type Verdict } from '../../core/alert/life'
import { useWords } from '../../ui/language'
import { clockTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { useKeys } from '../app/use-keys'
import type { Acknowledging } from '../board/use-acknowledge'
import { AcknowledgeButton } from './acknowledge-button'
import classes from './alert-panel.module.css'
import { Key } from './key'
import { ReasonDialog } from './reason-dialog'

interface Props {
  readonly alert: AlertView
  readonly keys: boolean
  readonly acknowledging: Acknowledging
  /** After something was recorded; the board hears of it by itself. */
  readonly onDone?: () => void
}

type Asking = Verdict | 'appeal' | null
const verdicts = ['agreed', 'false-alarm'] as const

/** What can be done with an alert where it stands now, by who looks at it. */
export function Decide({ alert, keys, acknowledging, onDone }: Props): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub, me, may } = useConsole()
  const [asking, setAsking] = useState<Asking>(null)
  const { life } = alert
  const stage = life?.stage ?? alert.status
  const mayDecide = life !== undefined && life.decision === null && may('alert.decide')
  const isOwn = life?.decision?.by.id === me.id
  const mayAnswer = stage === 'appealed' && may('appeal.decide') && !isOwn
  const bindings = useMemo(
    () => ({
      y: () => (mayDecide ? setAsking('agreed') : undefined),
      n: () => (mayDecide ? setAsking('false-alarm') : undefined)
    }),
    [mayDecide]
  )
  useKeys(bindings, keys && asking === null)
  const close = (): void => {
    setAsking(null)
    onDone?.()
  }
  return (
    <>
      {alert.status === 'acknowledged' ? (
        <div className={classes.done} role="status">
          <IconCheck size={20} aria-hidden />
          {say('alert.acknowledged', {
            by: alert.acknowledgedBy ?? say('alert.timeline.somebody'),
            time: clockTime(language, alert.acknowledgedAt ?? alert.receivedAt)
          })}
        </div>
      ) : may('alert.acknowledge') ? (
        <Acknowledge alert={alert} keys={keys} acknowledging={acknowledging} />
      ) : null}
      {mayDecide ? (
        <div className={classes.verdicts}>
          {verdicts.map((verdict) => (
            <Button
              key={verdict}
              variant="default"
              aria-keyshortcuts={keys ? keyOf[verdict] : undefined}
              rightSection={keys ? <Key name={keyOf[verdict]} /> : null}
              onClick={() => setAsking(verdict)}
            >
              {say(`life.verdict.${verdict}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {stage === 'appealed' && may('appeal.decide') && isOwn ? (
        <div className={classes.quiet}>{say('life.appeal.own')}</div>
      ) : null}
      {mayAnswer ? <Button onClick={() => setAsking('appeal')}>{say('life.answer')}</Button> : null}
      {asking === 'appeal' ? (
        <ReasonDialog
          title={say('life.answer')}
          ask={life?.appeal?.statement ?? ''}
          choices={[
            { value: 'upheld', label: say('life.appeal.upheld') },
            { value: 'dismissed', label: say('life.appeal.dismissed') }
          ]}
          save={say('life.answer.save')}
          send={(choice, note) => hub.answerAppeal(alert.id, { upheld: choice === 'upheld', note })}
          onClose={close}
        />
      ) : asking === null ? null : (
        <ReasonDialog
          title={say(`life.verdict.${asking}`)}
          ask={say('life.decide.why')}
          choices={reasonsFor[asking].map((value) => ({ value, label: say(`life.reason.${value}`) }))}
          save={say('life.decide.save')}
          send={(reason, note) => hub.decide(alert.id, { verdict: asking, reason, note })}
          onClose={close}
        />
      )}
    </>
  )
}

const keyOf: Readonly<Record<Verdict, string>> = { agreed: 'y', 'false-alarm': 'n' }

function Acknowledge({ alert, keys, acknowledging }: Props): ReactNode {
  const words = useWords()
  const acting = acknowledging.of(alert.id)
  return (
    <>
      {acting?.state === 'failed' ? (
        <div role="alert" className={classes.failed}>
          {words.say('alert.acknowledgeFailed', { why: failureWords(words, acting.failure).what })}
        </div>
      ) : null}
      <AcknowledgeButton
        alert={alert}
        acting={acting}
        withKey={keys}
        onAcknowledge={acknowledging.acknowledge}
      />
    </>
  )
}
