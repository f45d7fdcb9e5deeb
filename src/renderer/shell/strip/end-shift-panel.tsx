import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../../ui/language'
import classes from './end-shift-panel.module.css'

interface Props {
  readonly onEnd: () => void
  readonly onStay: () => void
}

/** Asks once more, since open work is forgotten. */
export function EndShiftPanel({ onEnd, onStay }: Props): ReactNode {
  const { say } = useWords()
  return (
    <section className={classes.panel} aria-label={say('shell.end-shift')}>
      <p>{say('shell.end-shift.sure')}</p>
      <Button variant="default" autoFocus onClick={onStay}>
        {say('shell.end-shift.stay')}
      </Button>
      <Button onClick={onEnd}>{say('shell.end-shift')}</Button>
    </section>
  )
}
