import { Paper, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import type { ShellApi } from './bridge'
import card from './card.module.css'
import { Frame } from './frame'
import classes from './refused.module.css'
import { remedyOf } from './remedy'
import { RemedyNote } from './remedy-note'

/** This desk cannot be opened: what is wrong, and the exact way to mend it. */
export function Refused({ api, state }: { readonly api: ShellApi; readonly state: ShellState }): ReactNode {
  const { say } = useWords()
  const failed = state.steps.filter((step) => step.state === 'failed')
  return (
    <Frame api={api} state={state}>
      <Paper className={card.card} p="xl" withBorder>
        <span className={classes.sign} aria-hidden>
          <IconLock size={28} stroke={1.75} />
        </span>
        <div role="alert">
          <Title order={1} className={card.title}>
            {say('shell.refused')}
          </Title>
          <p className={card.lead}>{say('shell.refused.detail')}</p>
        </div>
        <div className={classes.notes}>
          {failed.length === 0 && <RemedyNote remedy={remedyOf(say, 'start-failed')} detail="" />}
          {failed.map((step) => (
            <section key={step.id} className={classes.note} aria-label={say(`preflight.${step.id}`)}>
              <RemedyNote remedy={remedyOf(say, step.remedy)} detail={step.detail} />
            </section>
          ))}
        </div>
      </Paper>
    </Frame>
  )
}
