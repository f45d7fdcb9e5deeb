import { Button, Paper, Title } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { needing } from '../../../ui/check-groups'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import type { ShellApi } from '../bridge'
import { ExceptionNote } from '../break-glass/note'
import card from '../card.module.css'
import { Frame } from '../frame'
import { PreflightList } from '../preflight-list'
import { ChecksPanel } from '../strip/checks-panel'
import { SignInForm } from './form'
import classes from './sign-in.module.css'
import type { SignInTry } from './use-sign-in'

interface Props {
  readonly api: ShellApi
  readonly state: ShellState
  readonly signIn: SignInTry
}

/** The start of a shift: the form, beside it the list of what must be true, and on request every check. */
export function SignIn({ api, state, signIn }: Props): ReactNode {
  const { say } = useWords()
  const [showsChecks, setShowsChecks] = useState(false)
  const failing = needing(state.checks)
  const ready = state.steps.every((step) => step.state === 'done')
  return (
    <Frame api={api} state={state}>
      <Paper className={classes.card} withBorder>
        <section className={classes.form} aria-labelledby="sign-in-title">
          <Title id="sign-in-title" order={1} className={card.title}>
            {say('shell.sign-in.title')}
          </Title>
          <p className={card.lead}>{say('shell.sign-in.detail')}</p>
          <SignInForm
            signIn={signIn}
            notice={state.notice}
            busy={signIn.busy || state.phase === 'signing-in'}
          />
        </section>
        <section className={classes.steps} aria-labelledby="preflight-title">
          <div role="status">
            <Title id="preflight-title" order={2}>
              {say(ready ? 'preflight.ready' : 'preflight.title')}
            </Title>
          </div>
          <PreflightList steps={state.steps} />
          <div role="status">
            <ExceptionNote state={state.breakGlass} className={classes.exception} />
          </div>
          <Button
            className={classes.checks}
            variant="default"
            leftSection={<IconListCheck size={16} aria-hidden />}
            aria-expanded={showsChecks}
            onClick={() => {
              setShowsChecks(!showsChecks)
            }}
          >
            {say('shell.checks.all', { count: failing })}
          </Button>
        </section>
        {showsChecks && (
          <div className={classes.panel}>
            <ChecksPanel api={api} state={state} onClose={() => setShowsChecks(false)} />
          </div>
        )}
      </Paper>
    </Frame>
  )
}
