import { useSyncExternalStore, type ReactNode } from 'react'
import { useWords } from '../../../ui/language'
import { pageTicker } from '../../../ui/ticker'
import { lengthOfTime } from '../../../ui/time'
import classes from './shift-clock.module.css'

const MINUTE_MS = 60_000

/** How long the shift lasts so far. `since` is an ISO instant. */
export function ShiftClock({ since }: { readonly since: string }): ReactNode {
  const { language, say } = useWords()
  const text = useSyncExternalStore(pageTicker.subscribe, () => {
    const ms = pageTicker.now() - Date.parse(since)
    return ms < MINUTE_MS
      ? say('shell.shift.starting')
      : say('shell.shift', { length: lengthOfTime(language, ms) })
  })
  return (
    <time className={classes.clock} dateTime={since}>
      {text}
    </time>
  )
}
