import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import type { ShellApi } from '../bridge'
import classes from './tabs.module.css'

/** The team's applications, when there is more than one to choose from. */
export function Tabs({ api, state }: { readonly api: ShellApi; readonly state: ShellState }): ReactNode {
  const { say } = useWords()
  if (state.applications.length < 2) return null
  return (
    <nav className={classes.tabs} aria-label={say('shell.applications')}>
      {state.applications.map(({ id, title }) => (
        <UnstyledButton
          key={id}
          className={classes.tab}
          aria-current={id === state.openApplication ? 'page' : undefined}
          onClick={() => {
            api.openApplication(id)
          }}
        >
          {title}
        </UnstyledButton>
      ))}
    </nav>
  )
}
