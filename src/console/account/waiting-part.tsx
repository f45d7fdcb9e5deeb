import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { waitingPeopleSchema } from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import classes from './account-page.module.css'
import { ListFailed } from './list-failed'
import { useAct } from './use-act'

/** For leads and IT: whose sign-in waits after wrong tries, and letting them try again. */
export function WaitingPart(): ReactNode {
  const { say, language } = useWords()
  const { hub } = useConsole()
  const { data, error, refetch } = useQuery({
    queryKey: ['account', 'waiting'],
    queryFn: ({ signal }) => hub.ask(waitingPeopleSchema, 'people/waiting', signal)
  })
  const unlock = useAct(
    (id: string) => hub.tell(acceptedSchema, `people/${encodeURIComponent(id)}/unlock`),
    () => ({ conflict: 'account.failed.oneself' })
  )
  return (
    <section className={classes.card} aria-labelledby="account-waiting">
      <h3 className={classes.title} id="account-waiting">
        {say('account.waiting')}
      </h3>
      <ListFailed error={error} again={refetch} />
      {data?.people.length === 0 ? <p className={classes.quiet}>{say('account.waiting.none')}</p> : null}
      <ul className={classes.list}>
        {data?.people.map(({ id, name, failures, until }) => (
          <li key={id} className={classes.row}>
            <span>
              {say('account.waiting.one', {
                name,
                failures: String(failures),
                until: dayAndTime(language, until)
              })}
            </span>
            <Button size="xs" variant="default" onClick={() => unlock.mutate(id)}>
              {say('account.waiting.unlock', { name })}
            </Button>
          </li>
        ))}
      </ul>
      <div role="alert" className={classes.failed}>
        {unlock.failed}
      </div>
    </section>
  )
}
