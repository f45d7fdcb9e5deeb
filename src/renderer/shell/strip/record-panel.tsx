import { Button, Textarea } from '@mantine/core'
import { useCallback, useEffect, useState, type ReactNode, type SubmitEvent } from 'react'
import type { OwnAlertsResult } from '../../../contract/ipc/schema'
import { noteSchema, type AppealOutcome } from '../../../core/alert/life'
import { useWords } from '../../../ui/language'
import { ruleTitle } from '../../../ui/rule-words'
import { dayAndTime } from '../../../ui/time'
import type { ShellApi } from '../bridge'
import classes from './record-panel.module.css'
import { StripPanel } from './strip-panel'

type Known = Extract<OwnAlertsResult, { outcome: 'known' }>['alerts']
type OwnAlert = Known[number]

interface Props {
  readonly api: ShellApi
  readonly onClose: () => void
}

/** What the hub holds about the person: the same record that supervisors see, and the way to say that it is wrong. */
export function RecordPanel({ api, onClose }: Props): ReactNode {
  const { say } = useWords()
  const [result, setResult] = useState<OwnAlertsResult | null>(null)
  const load = useCallback(() => {
    api.ownAlerts().then(setResult, () => setResult({ outcome: 'hub-unreachable' }))
  }, [api])
  useEffect(load, [load])
  return (
    <StripPanel name={say('shell.record')} onClose={onClose}>
      <p className={classes.quiet}>{say('shell.record.detail')}</p>
      {result === null ? (
        <p className={classes.quiet}>{say('common.loading')}</p>
      ) : result.outcome === 'hub-unreachable' ? (
        <div role="alert" className={classes.acts}>
          <span>{say('shell.record.unreachable')}</span>
          <Button size="compact-sm" variant="default" onClick={load}>
            {say('common.retry')}
          </Button>
        </div>
      ) : result.alerts.length === 0 ? (
        <p>{say('shell.record.none')}</p>
      ) : (
        <ul className={classes.list}>
          {result.alerts.map((alert) => (
            <Entry key={alert.id} api={api} alert={alert} onSent={load} />
          ))}
        </ul>
      )}
    </StripPanel>
  )
}

interface EntryProps {
  readonly api: ShellApi
  readonly alert: OwnAlert
  readonly onSent: () => void
}

function Entry({ api, alert, onSent }: EntryProps): ReactNode {
  const { language, say } = useWords()
  const [writing, setWriting] = useState(false)
  const { decision, appeal, appealUntil, stage } = alert
  return (
    <li className={classes.entry} data-own-alert={alert.id} data-stage={stage}>
      <div>
        <strong>{ruleTitle(language, alert.rule)}</strong> · {dayAndTime(language, alert.raisedAt)} ·{' '}
        {say(`life.stage.${stage}`)}
      </div>
      {decision === null ? null : (
        <div>
          {say('shell.record.decision', {
            verdict: say(`life.verdict.${decision.verdict}`),
            reason: say(`life.reason.${decision.reason}`),
            note: decision.note
          })}
        </div>
      )}
      {appeal === null ? null : <div>{say('shell.record.statement', { statement: appeal.statement })}</div>}
      {appeal === null ? null : appeal.answer === null ? (
        <div className={classes.quiet}>
          {say('shell.record.due', { date: dayAndTime(language, appeal.dueAt) })}
        </div>
      ) : (
        <div>
          {say('shell.record.answer', {
            answer: say(appeal.answer.upheld ? 'life.appeal.upheld' : 'life.appeal.dismissed'),
            note: appeal.answer.note
          })}
        </div>
      )}
      {stage === 'decided' && appealUntil !== null ? (
        <>
          <div className={classes.acts}>
            <span className={classes.quiet}>
              {say('shell.record.until', { date: dayAndTime(language, appealUntil) })}
            </span>
            {writing ? null : (
              <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>
                {say('shell.record.object')}
              </Button>
            )}
          </div>
          {writing ? (
            <Statement
              send={(statement) => api.appeal({ alert: alert.id, statement })}
              onSent={onSent}
              onClose={() => setWriting(false)}
            />
          ) : null}
        </>
      ) : null}
    </li>
  )
}

interface StatementProps {
  readonly send: (statement: string) => Promise<AppealOutcome>
  readonly onSent: () => void
  readonly onClose: () => void
}

type Sending = 'open' | 'sending' | Exclude<AppealOutcome, 'accepted'>

function Statement({ send, onSent, onClose }: StatementProps): ReactNode {
  const { say } = useWords()
  const [text, setText] = useState('')
  const [sending, setSending] = useState<Sending>('open')
  const isGood = noteSchema.safeParse(text).success
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!isGood || sending === 'sending') return
    setSending('sending')
    send(text.trim()).then(
      (outcome) => (outcome === 'accepted' ? onSent() : setSending(outcome)),
      () => setSending('hub-unreachable')
    )
  }
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <Textarea
        label={say('shell.record.why')}
        description={say('shell.record.why.hint')}
        autoFocus
        maxLength={1000}
        rows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div role="alert">
        {sending === 'too-late' || sending === 'hub-unreachable' ? say(`shell.record.${sending}`) : null}
      </div>
      <div className={classes.acts}>
        <Button type="submit" size="compact-sm" disabled={!isGood} aria-busy={sending === 'sending'}>
          {say(sending === 'sending' ? 'life.saving' : 'shell.record.send')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {say('common.close')}
        </Button>
      </div>
    </form>
  )
}
