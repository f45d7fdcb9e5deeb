import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { meSchema, type Me } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { accountFailure } from '../account/failed'
import { failureOf } from '../hub/failure'
import type { HubClient } from '../hub/hub-client'
import classes from './sign-in-page.module.css'

interface Props {
  readonly hub: HubClient
  readonly onSignedIn: (me: Me) => void
  /** Back to the password: by choice, or because the step is over. */
  readonly onBack: () => void
}

const wrongCode = { 'bad-request': 'account.failed.code', 'bad-credentials': 'account.failed.code' } as const

/** The second half of a sign-in: a code of the app, or a recovery code. */
export function CodeForm({ hub, onSignedIn, onBack }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const [code, setCode] = useState('')
  const send = useMutation({
    mutationFn: () => hub.tell(meSchema, 'sign-in/code', { code }),
    onSuccess: onSignedIn,
    onError: (thrown) => {
      if (failureOf(thrown).kind === 'signed-out') onBack()
    }
  })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (code.trim().length >= 6) send.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <p className={classes.intro}>{say('signIn.code.intro')}</p>
      <TextInput
        label={say('account.code')}
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div role="alert" className={classes.refusal}>
        {send.isError ? accountFailure(words, send.error, wrongCode) : null}
      </div>
      <Button type="submit" loading={send.isPending} fullWidth>
        {say('common.signIn')}
      </Button>
      <Button variant="default" fullWidth onClick={onBack}>
        {say('signIn.code.back')}
      </Button>
    </form>
  )
}
