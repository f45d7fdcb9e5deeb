import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { BreakGlassList, BreakGlassView } from '../../contract/wire/v1/break-glass'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { clockTime } from '../../ui/time'
import { Part } from '../alert/panel'
import { useConsole } from '../app/console-context'
import { DecisionDialog, type Decision } from './decision-dialog'
import classes from './exceptions.module.css'

/** How often an open panel asks again, milliseconds. */
const AGAIN_MS = 3000

/** The requests of one desk that a check be waived, and the ways to decide on them. */
export function Exceptions({ workstation }: { readonly workstation: string }): ReactNode {
  const { say } = useWords()
  const { hub } = useConsole()
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const { data, isError, refetch } = useQuery<BreakGlassList>({
    queryKey: ['exceptions', workstation],
    queryFn: ({ signal }) => hub.exceptions(workstation, signal),
    refetchInterval: AGAIN_MS
  })
  return (
    <Part title={say('glass.desk.title')}>
      {isError ? <p className={classes.quiet}>{say('glass.desk.failed')}</p> : null}
      {data?.requests.length === 0 ? <p className={classes.quiet}>{say('glass.desk.none')}</p> : null}
      <ul className={classes.list}>
        {data?.requests.map((request) => (
          <Request key={request.request} request={request} onDecide={setDeciding} />
        ))}
      </ul>
      {deciding === null ? null : (
        <DecisionDialog
          decision={deciding}
          onClose={() => {
            setDeciding(null)
            void refetch()
          }}
        />
      )}
    </Part>
  )
}

const over: readonly BreakGlassView['status'][] = ['ended', 'declined', 'closed', 'expired']

function Request({
  request,
  onDecide
}: {
  readonly request: BreakGlassView
  readonly onDecide: (decision: Decision) => void
}): ReactNode {
  const { language, say } = useWords()
  const { check, reason, status, may, minutes, note, decidedBy } = request
  const at = status === 'running' ? (request.usedAt ?? request.askedAt) : request.askedAt
  const isOpen = !over.includes(status)
  return (
    <li className={classes.request} data-request={request.request} data-status={status}>
      <div>
        <strong>{checkTitle(language, check)}</strong> ·{' '}
        {say(`glass.status.${status}`, { time: clockTime(language, at) })}
        {minutes === null ? null : ` · ${say('glass.for-minutes', { count: minutes })}`}
      </div>
      <div className={classes.quiet}>{say(`glass.reason.${reason}`)}</div>
      {note === null ? null : (
        <div className={classes.quiet}>
          {say('glass.decided', { by: decidedBy ?? say('alert.timeline.somebody'), note })}
        </div>
      )}
      {status === 'asked' && may.kind === 'no' ? (
        <p className={classes.quiet}>{say(`glass.may.${may.why}`)}</p>
      ) : null}
      {may.kind === 'yes' && may.passkeys.length === 0 ? (
        <p className={classes.quiet}>{say('glass.may.command-line', { request: request.request })}</p>
      ) : null}
      {isOpen ? (
        <div className={classes.acts}>
          {may.kind === 'yes' && may.passkeys.length > 0 ? (
            <Button size="xs" onClick={() => onDecide({ kind: 'grant', request, may })}>
              {say('glass.grant')}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={() => onDecide({ kind: 'decline', request })}>
            {say(status === 'asked' ? 'glass.decline' : 'glass.take-back')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
