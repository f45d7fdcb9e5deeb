import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Account } from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import classes from './account-page.module.css'
import { browserName } from './browser-name'
import { useAct } from './use-act'

/** Where somebody is signed in; each other session can be ended from here. */
export function SessionsPart({ account }: { readonly account: Account }): ReactNode {
  const { say, language } = useWords()
  const { hub } = useConsole()
  const end = useAct((id: string) =>
    hub.tell(acceptedSchema, `account/sessions/${encodeURIComponent(id)}/end`)
  )
  return (
    <section className={classes.card} aria-labelledby="account-sessions">
      <h3 className={classes.title} id="account-sessions">
        {say('account.sessions')}
      </h3>
      <ul className={classes.list} data-testid="sessions">
        {account.sessions.map((one) => (
          <li key={one.id} className={classes.row}>
            <span>
              {one.own ? <strong>{say('account.sessions.own')} · </strong> : null}
              {say(`account.method.${one.method}`)} ·{' '}
              {say('account.sessions.since', {
                at: dayAndTime(language, one.startedAt),
                until: dayAndTime(language, one.endsAt)
              })}
              <br />
              <span className={classes.quiet}>{browserName(one.browser)}</span>
            </span>
            {one.own ? null : (
              <Button size="xs" variant="default" onClick={() => end.mutate(one.id)}>
                {say('account.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div role="alert" className={classes.failed}>
        {end.failed}
      </div>
    </section>
  )
}
