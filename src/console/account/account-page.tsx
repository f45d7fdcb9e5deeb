import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { accountSchema } from '../../contract/wire/v1/account'
import { meSchema } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { Notice } from '../app/notice'
import { failureOf } from '../hub/failure'
import classes from './account-page.module.css'
import { AppPart } from './app-part'
import { PasskeyPart } from './passkey-part'
import { ProvidersPart } from './providers-part'
import { SecondFactorsPart } from './second-factors-part'
import { SessionsPart } from './sessions-part'
import { WaitingPart } from './waiting-part'

/** "Your account": second factors and sessions of one's own; for leads and IT also whose sign-in waits. */
export function AccountPage(): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, me, may, onEnded } = useConsole()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['account'],
    queryFn: ({ signal }) => hub.ask(accountSchema, 'account', signal)
  })
  const failure = error === null ? null : failureOf(error)
  useEffect(() => {
    if (failure?.kind === 'signed-out') onEnded()
  }, [failure?.kind, onEnded])
  if (failure !== null && data === undefined) {
    const { what, remedy } = failureWords(words, failure)
    const again = <Button onClick={() => void refetch()}>{say('common.retry')}</Button>
    return <Notice title={what} hint={remedy} action={again} />
  }
  const isSetUp = data !== undefined && (data.appSince !== null || data.passkeys.length > 0)
  return (
    <main className={classes.page} data-testid="account">
      <h2 className={classes.title} id="desks" tabIndex={-1}>
        {say('account.title')}
      </h2>
      <p className={classes.quiet}>{data?.email}</p>
      {isSetUp && !data.strong ? (
        <div className={classes.card}>
          <p className={classes.title} data-testid="account-weak">
            {say('account.weak')}
          </p>
        </div>
      ) : me.mustSetUp === true ? (
        <div className={classes.card}>
          <p className={classes.title}>{say('account.must')}</p>
          {isSetUp ? (
            <div className={classes.acts}>
              <Button
                onClick={() => void hub.ask(meSchema, 'me').then((who) => queries.setQueryData(['me'], who))}
              >
                {say('account.goOn')}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
      {data === undefined ? null : (
        <>
          <AppPart account={data} />
          <PasskeyPart account={data} />
          <ProvidersPart account={data} />
          <SessionsPart account={data} />
        </>
      )}
      {may('account.unlock') && me.mustSetUp !== true ? <WaitingPart /> : null}
      {may('account.reset') && me.mustSetUp !== true ? <SecondFactorsPart /> : null}
    </main>
  )
}
