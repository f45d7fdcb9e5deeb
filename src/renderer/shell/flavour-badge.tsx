import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import classes from './flavour-badge.module.css'

interface Props {
  readonly flavour: ShellState['flavour']
  readonly onEndDemo: () => void
}

/** Says that this is no release, and in the demo keeps the way out in sight. */
export function FlavourBadge({ flavour, onEndDemo }: Props): ReactNode {
  const { say } = useWords()
  if (flavour === 'release') return null
  return (
    <span className={classes.flavour}>
      <span className={classes.badge}>{say(flavour === 'demo' ? 'common.demo' : 'shell.test')}</span>
      {flavour === 'demo' && (
        <Button variant="default" size="compact-sm" fz="xs" onClick={onEndDemo}>
          {say('shell.end-demo')}
        </Button>
      )}
    </span>
  )
}
