import { IconCloud, IconCloudOff, IconCloudSearch, IconClockPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import classes from './hub-line.module.css'

const icons = { unknown: IconCloudSearch, reachable: IconCloud, unreachable: IconCloudOff } as const

interface Props {
  readonly hub: ShellState['hub']
  /** Alerts on their way. */
  readonly waiting: number
}

/** The line to the hub as icon and word, and what still waits to go over it. */
export function HubLine({ hub, waiting }: Props): ReactNode {
  const { say } = useWords()
  const Sign = icons[hub.state]
  return (
    <span className={classes.line} role="status">
      {waiting > 0 && (
        <span className={classes.part} data-loud>
          <IconClockPause size={18} aria-hidden />
          {say('shell.waiting', { count: waiting })}
        </span>
      )}
      <span className={classes.part} data-loud={hub.state === 'unreachable' || undefined}>
        <Sign size={18} aria-hidden />
        <span className={classes.spare}>{say(`shell.hub.${hub.state}`)}</span>
      </span>
    </span>
  )
}
