import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { secondFactorsSchema, type SecondFactors } from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { FormDialog } from '../dialog/form-dialog'
import classes from './account-page.module.css'
import { accountFailure } from './failed'
import { ListFailed } from './list-failed'

type Person = SecondFactors['people'][number]

/** For IT: who has a second factor, and taking it away from somebody who lost it. */
export function SecondFactorsPart(): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, me } = useConsole()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Person | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['account', 'second-factors'],
    queryFn: ({ signal }) => hub.ask(secondFactorsSchema, 'people/second-factors', signal)
  })
  const reset = async ({ id }: Person): Promise<void> => {
    await hub.tell(acceptedSchema, `people/${encodeURIComponent(id)}/second-factor/reset`)
    await queries.invalidateQueries({ queryKey: ['account'] })
  }
  return (
    <section className={classes.card} aria-labelledby="account-factors">
      <h3 className={classes.title} id="account-factors">
        {say('account.factors')}
      </h3>
      <ListFailed error={error} again={refetch} />
      <ul className={classes.list} data-testid="second-factors">
        {data?.people.map((person) => (
          <li key={person.id} className={classes.row}>
            <span>
              {person.name} · {say(`console.menu.role.${person.role}`)} · {person.email}
              <br />
              <span className={classes.quiet}>
                {say('account.factors.has', {
                  app: say(person.app ? 'account.factors.app' : 'account.factors.noApp'),
                  passkeys: String(person.passkeys)
                })}
                {person.required && !person.app && person.passkeys === 0
                  ? ` · ${say('account.factors.missing')}`
                  : ''}
              </span>
            </span>
            {person.id !== me.id && (person.app || person.passkeys > 0) ? (
              <Button size="xs" variant="default" onClick={() => setAsked(person)}>
                {say('account.factors.reset', { name: person.name })}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <FormDialog
          title={say('account.factors.reset', { name: asked.name })}
          isGood
          save={say('account.factors.confirm')}
          saving={say('account.factors.resetting')}
          send={() => reset(asked)}
          whyOf={(thrown) => accountFailure(words, thrown, { conflict: 'account.failed.resetOneself' })}
          onClose={() => setAsked(null)}
        >
          <p>{say('account.factors.ask', { name: asked.name })}</p>
        </FormDialog>
      )}
    </section>
  )
}
