import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Account } from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { FormDialog } from '../dialog/form-dialog'
import classes from './account-page.module.css'
import { accountFailure } from './failed'

type Link = Account['providers'][number]

/** Accounts at providers that sign in as this person, each of which can be unlinked. Nothing where there is none. */
export function ProvidersPart({ account }: { readonly account: Account }): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub } = useConsole()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Link | null>(null)
  const unlink = async ({ id }: Link): Promise<void> => {
    await hub.tell(acceptedSchema, `account/providers/${encodeURIComponent(id)}/unlink`)
    await queries.invalidateQueries({ queryKey: ['account'] })
  }
  if (account.providers.length === 0) return null
  return (
    <section className={classes.card} aria-labelledby="account-providers">
      <h3 className={classes.title} id="account-providers">
        {say('account.providers')}
      </h3>
      <ul className={classes.list} data-testid="providers">
        {account.providers.map((link) => (
          <li key={link.id} className={classes.row}>
            <span>
              {say('account.providers.one', { host: link.host, at: dayAndTime(language, link.linkedAt) })}
            </span>
            <Button size="xs" variant="default" onClick={() => setAsked(link)}>
              {say('account.providers.unlink', { host: link.host })}
            </Button>
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <FormDialog
          title={say('account.providers.unlink', { host: asked.host })}
          isGood
          save={say('account.providers.confirm')}
          saving={say('account.providers.unlinking')}
          send={() => unlink(asked)}
          whyOf={(thrown) => accountFailure(words, thrown)}
          onClose={() => setAsked(null)}
        >
          <p>{say('account.providers.ask', { host: asked.host })}</p>
        </FormDialog>
      )}
    </section>
  )
}
