import { Button, TextInput } from '@mantine/core'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import {
  appSecretSchema,
  recoveryCodesSchema,
  type Account,
  type AppSecret
} from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import classes from './account-page.module.css'
import type { Reasons } from './failed'
import { QrCode } from './qr-code'
import { useAct } from './use-act'

type WithCode = 'app/confirm' | 'app/remove' | 'recovery-codes'

const whyNot: Readonly<Record<WithCode, Reasons>> = {
  'app/confirm': { 'bad-request': 'account.failed.code', conflict: 'account.failed.appFirst' },
  'app/remove': { 'bad-request': 'account.failed.code', conflict: 'account.failed.lastApp' },
  'recovery-codes': { 'bad-request': 'account.failed.code' }
}

/** The authenticator app: set up by a picture and one code, recovery codes shown once, given up with a code. */
export function AppPart({ account }: { readonly account: Account }): ReactNode {
  const { say, language } = useWords()
  const { hub } = useConsole()
  const [secret, setSecret] = useState<AppSecret | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])
  const [code, setCode] = useState('')
  const done = (shown: readonly string[]): void => {
    setSecret(null)
    setCode('')
    setCodes(shown)
  }
  const begin = useAct(
    async () => setSecret(await hub.tell(appSecretSchema, 'account/app/begin')),
    () => ({ conflict: 'account.failed.app' })
  )
  const withCode = useAct(
    async (what: WithCode) => {
      if (what === 'app/remove') {
        await hub.tell(acceptedSchema, 'account/app/remove', { code })
        done([])
      } else done((await hub.tell(recoveryCodesSchema, `account/${what}`, { code })).recoveryCodes)
    },
    (what) => whyNot[what]
  )
  const confirm = (event: SubmitEvent): void => {
    event.preventDefault()
    withCode.mutate('app/confirm')
  }
  const field = (
    <TextInput
      label={say('account.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      value={code}
      onChange={(event) => setCode(event.currentTarget.value)}
    />
  )
  return (
    <section className={classes.card} aria-labelledby="account-app">
      <h3 className={classes.title} id="account-app">
        {say('account.app')}
      </h3>
      {codes.length > 0 ? (
        <>
          <p className={classes.title}>{say('account.codes')}</p>
          <ul className={classes.codes} data-testid="recovery-codes">
            {codes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <div className={classes.acts}>
            <Button onClick={() => setCodes([])}>{say('account.codes.kept')}</Button>
          </div>
        </>
      ) : null}
      {account.appSince !== null ? (
        <>
          <p className={classes.quiet}>
            {say('account.app.on', {
              since: dayAndTime(language, account.appSince),
              left: String(account.recoveryCodesLeft)
            })}
          </p>
          <div className={classes.acts}>
            {field}
            <Button
              variant="default"
              disabled={code.length < 6}
              onClick={() => withCode.mutate('recovery-codes')}
            >
              {say('account.app.codes')}
            </Button>
            <Button
              variant="default"
              disabled={code.length < 6}
              onClick={() => withCode.mutate('app/remove')}
            >
              {say('account.app.remove')}
            </Button>
          </div>
        </>
      ) : secret === null ? (
        <>
          <p className={classes.quiet}>{say('account.app.none')}</p>
          <div className={classes.acts}>
            <Button loading={begin.isPending} onClick={() => begin.mutate(null)}>
              {say('account.app.begin')}
            </Button>
          </div>
        </>
      ) : (
        <form onSubmit={confirm} className={classes.list}>
          <p className={classes.title}>{say('account.app.scan')}</p>
          <QrCode text={secret.uri} label={say('account.app.picture')} />
          <TextInput label={say('account.app.key')} readOnly value={secret.secret} data-testid="app-key" />
          <div className={classes.acts}>
            {field}
            <Button type="submit" loading={withCode.isPending}>
              {say('account.app.confirm')}
            </Button>
          </div>
        </form>
      )}
      <div role="alert" className={classes.failed}>
        {withCode.failed ?? begin.failed}
      </div>
    </section>
  )
}
