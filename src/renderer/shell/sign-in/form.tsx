import { Button, Loader, PasswordInput, TextInput } from '@mantine/core'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import classes from './form.module.css'
import { useCapsLock } from './use-caps-lock'
import type { SignInTry } from './use-sign-in'

interface Props {
  readonly signIn: SignInTry
  /** Why the person is back here, when they did not leave themselves. */
  readonly notice: ShellState['notice']
  readonly busy: boolean
}

/** Email and password. What is missing is said at its field, what was refused above the button. */
export function SignInForm({ signIn, notice, busy }: Props): ReactNode {
  const { say } = useWords()
  const [email, setEmail] = useState(signIn.email)
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const capsLock = useCapsLock()
  const problem = signIn.problem ?? notice ?? null
  const noEmail = email.trim().length < 3
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    setAsked(true)
    if (busy || noEmail || password === '') return
    setPassword('')
    setAsked(false)
    void signIn.submit(email.trim(), password)
  }
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <TextInput
        label={say('common.email')}
        type="email"
        name="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        size="md"
        autoFocus={signIn.email === ''}
        value={email}
        readOnly={busy}
        error={asked && noEmail ? say('shell.sign-in.email-missing') : null}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
        }}
      />
      <div {...capsLock.listeners}>
        <PasswordInput
          label={say('common.password')}
          name="password"
          autoFocus={signIn.email !== ''}
          autoComplete="current-password"
          maxLength={200}
          size="md"
          value={password}
          readOnly={busy}
          error={asked && password === '' ? say('shell.sign-in.password-missing') : null}
          visibilityToggleButtonProps={{ 'aria-label': say('common.showPassword'), tabIndex: 0 }}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
          }}
        />
        <p className={classes.hint} role="status">
          {capsLock.on && (
            <>
              <IconAlertTriangleFilled size={16} aria-hidden />
              {say('shell.sign-in.caps-lock')}
            </>
          )}
        </p>
      </div>
      <div role="alert">
        {problem !== null && !busy && <p className={classes.problem}>{say(`shell.sign-in.${problem}`)}</p>}
      </div>
      <Button
        type="submit"
        size="md"
        fullWidth
        aria-busy={busy}
        leftSection={busy ? <Loader size={16} color="currentColor" aria-hidden /> : null}
      >
        {say(busy ? 'shell.sign-in.busy' : 'common.signIn')}
      </Button>
    </form>
  )
}
