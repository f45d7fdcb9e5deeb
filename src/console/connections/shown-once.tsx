import { Button } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './connections.module.css'

/** A secret that was just made, as it is shown this once. */
export interface Shown {
  readonly what: 'key' | 'secret'
  readonly name: string
  readonly value: string
}

export function ShownOnce({
  shown,
  onDone
}: {
  readonly shown: Shown
  readonly onDone: () => void
}): ReactNode {
  const { say } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [shown.value])
  return (
    <section className={classes.once} data-testid="shown-once">
      <h3 ref={heading} tabIndex={-1} className={classes.partTitle}>
        {shown.name}
      </h3>
      <p className={classes.quiet}>{say(`connections.once.${shown.what}`)}</p>
      <code className={classes.secret}>{shown.value}</code>
      <Button variant="default" onClick={onDone}>
        {say('connections.once.done')}
      </Button>
    </section>
  )
}
