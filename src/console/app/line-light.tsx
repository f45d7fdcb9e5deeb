import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { clockTime } from '../../ui/time'
import { useBoardPart } from './console-context'
import classes from './line-light.module.css'

/** Whether what is on screen is live, in a word; said aloud by screen readers when it changes. */
export function LineLight(): ReactNode {
  const { language, say } = useWords()
  const line = useBoardPart((snapshot) => snapshot.line)
  const lost = line.state === 'lost'
  const Sign = lost ? IconPlugConnectedX : IconPlugConnected
  const text = lost
    ? say('console.line.lost', { time: clockTime(language, line.since) })
    : line.state === 'live'
      ? say('console.line.live')
      : say('console.line.connecting')
  return (
    <span className={classes.light} data-line={line.state} role="status" data-testid="line">
      <Sign size={16} stroke={2} aria-hidden />
      {text}
    </span>
  )
}
