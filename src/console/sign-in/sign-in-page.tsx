import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { Me } from '../../contract/wire/v1/console'
import { waysSchema } from '../../contract/wire/v1/sign-in'
import { useWords, type Words } from '../../ui/language'
import type { Language } from '../../ui/messages/translate'
import { Brand } from '../app/brand'
import { failureWords } from '../app/failure-words'
import { LanguageChoice } from '../app/language-choice'
import { failureOf, type Failure } from '../hub/failure'
import type { HubClient } from '../hub/hub-client'
import { CodeForm } from './code-form'
import { OtherWays } from './other-ways'
import classes from './sign-in-page.module.css'

interface Props {
  readonly hub: HubClient
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  /** True when the hub ended a session that was running here. */
  readonly sessionEnded: boolean
  readonly onSignedIn: (me: Me) => void
}

function refusalWords(words: Words, failure: Failure): string {
  const { say } = words
  const code = failure.kind === 'refused' ? failure.code : null
  if (code === 'bad-credentials' || code === 'bad-request') return say('console.signIn.wrong')
  if (code === 'too-many-tries') return say('account.failed.tooMany')
  if (code === 'forbidden') return say('console.signIn.forbidden')
  const { what, remedy } = failureWords(words, failure)
  return failure.kind === 'unreachable' ? `${what} ${say('common.retry')}.` : `${what} ${remedy}`
}

/** Email and password, and plain words when they are refused. */
export function SignInPage({ hub, language, setLanguage, sessionEnded, onSignedIn }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const ways = useQuery({
    queryKey: ['ways'],
    queryFn: ({ signal }) => hub.ask(waysSchema, 'sign-in/ways', signal),
    refetchOnWindowFocus: false
  })
  const [step, setStep] = useState<'first' | 'code' | null>(null)
  const owesCode = (step ?? (ways.data?.owesCode === true ? 'code' : 'first')) === 'code'
  const signIn = useMutation({
    mutationFn: hub.signIn,
    onSuccess: (reply) => ('owes' in reply ? setStep('code') : onSignedIn(reply))
  })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    setTried(true)
    if (email.trim().length < 3 || password === '') return
    signIn.mutate({ email: email.trim(), password })
  }
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Brand />
        <h1 className={classes.title}>{say(owesCode ? 'signIn.code.heading' : 'console.signIn.heading')}</h1>
        {owesCode ? (
          <CodeForm hub={hub} onSignedIn={onSignedIn} onBack={() => setStep('first')} />
        ) : (
          <>
            <p className={classes.intro}>
              {say(sessionEnded ? 'console.signIn.over' : 'console.signIn.intro')}
            </p>
            <form onSubmit={submit} noValidate className={classes.form}>
              <TextInput
                label={say('common.email')}
                type="email"
                name="email"
                autoComplete="username"
                autoFocus
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                error={tried && email.trim().length < 3 ? say('console.signIn.emailMissing') : null}
              />
              <PasswordInput
                label={say('common.password')}
                name="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                error={tried && password === '' ? say('console.signIn.passwordMissing') : null}
                visibilityToggleButtonProps={{ 'aria-label': say('common.showPassword') }}
              />
              <div role="alert" className={classes.refusal}>
                {signIn.isError ? refusalWords(words, failureOf(signIn.error)) : null}
              </div>
              <Button type="submit" loading={signIn.isPending} fullWidth>
                {say('common.signIn')}
              </Button>
            </form>
            <OtherWays hub={hub} providers={ways.data?.providers ?? []} onSignedIn={onSignedIn} />
          </>
        )}
      </div>
      <div className={classes.language}>
        <LanguageChoice language={language} setLanguage={setLanguage} />
      </div>
    </main>
  )
}
