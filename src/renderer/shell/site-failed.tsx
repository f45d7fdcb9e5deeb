import { Button, Title } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SiteFailure } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import classes from './workspace.module.css'

/** The application in front did not open: why, that nothing was sent, and the way to try again. */
export function SiteFailed(props: {
  readonly title: string
  readonly failure: SiteFailure
  readonly again: () => void
}): ReactNode {
  const { say } = useWords()
  const { host, why } = props.failure
  return (
    <main className={classes.main}>
      <span className={classes.sign} aria-hidden>
        <IconBan size={28} stroke={1.75} />
      </span>
      <div role="alert">
        <Title order={1} className={classes.title}>
          {say('site.failed', { title: props.title })}
        </Title>
        <p className={classes.why}>{say(`site.failed.${why}`, { host })}</p>
      </div>
      <p className={classes.quiet}>{say(why === 'unreachable' ? 'site.failed.wait' : 'site.failed.safe')}</p>
      <Button size="md" variant="default" onClick={props.again}>
        {say('site.again')}
      </Button>
    </main>
  )
}
