import { Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import type { ShellApi } from './bridge'
import { Frame } from './frame'
import { PreflightList } from './preflight-list'
import classes from './card.module.css'

interface Props {
  readonly api: ShellApi
  readonly state: ShellState
  readonly phase: 'starting' | 'enrolling'
}

/** Starting and enrolling: the list that ticks itself. */
export function Progress({ api, state, phase }: Props): ReactNode {
  const { say } = useWords()
  return (
    <Frame api={api} state={state}>
      <Paper className={classes.card} p="xl" withBorder>
        <div role="status">
          <Title order={1} className={classes.title}>
            {say(`shell.${phase}`)}
          </Title>
        </div>
        <p className={classes.lead}>{say(`shell.${phase}.detail`)}</p>
        <PreflightList steps={state.steps} />
      </Paper>
    </Frame>
  )
}
