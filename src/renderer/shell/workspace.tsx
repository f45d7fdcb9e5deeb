import { Button, Loader, Title } from '@mantine/core'
import { IconAppWindow } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import type { ShellApi } from './bridge'
import { SiteFailed } from './site-failed'
import classes from './workspace.module.css'

/** What stands where main lays the workspace: seen only while no application is open. */
export function Workspace({ api, state }: { readonly api: ShellApi; readonly state: ShellState }): ReactNode {
  const { say } = useWords()
  const open = state.applications.find(({ id }) => id === state.openApplication)
  if (open !== undefined && state.siteFailure !== undefined) {
    return (
      <SiteFailed
        title={open.title}
        failure={state.siteFailure}
        again={() => {
          api.openApplication(open.id)
        }}
      />
    )
  }
  if (open !== undefined) {
    return (
      <main className={classes.main}>
        <Loader size="sm" aria-hidden />
        <Title order={1} className={classes.opening}>
          {say('shell.workspace.opening', { title: open.title })}
        </Title>
      </main>
    )
  }
  const none = state.applications.length === 0
  return (
    <main className={classes.main}>
      <Title order={1} className={classes.title}>
        {say(none ? 'shell.workspace.none' : 'shell.workspace.choose')}
      </Title>
      <p className={classes.quiet}>
        {say(none ? 'shell.workspace.none.detail' : 'shell.workspace.choose.detail')}
      </p>
      <div className={classes.applications}>
        {state.applications.map(({ id, title }) => (
          <Button
            key={id}
            size="lg"
            variant="default"
            leftSection={<IconAppWindow size={20} aria-hidden />}
            onClick={() => {
              api.openApplication(id)
            }}
          >
            {title}
          </Button>
        ))}
      </div>
    </main>
  )
}
