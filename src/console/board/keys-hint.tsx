import { Kbd } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './keys-hint.module.css'

const hints = [
  ['j', 'keys.next'],
  ['k', 'keys.previous'],
  ['a', 'keys.acknowledge'],
  ['/', 'keys.filter'],
  ['Esc', 'keys.close']
] as const

/** The keys that act, in sight. */
export function KeysHint(): ReactNode {
  const { say } = useWords()
  return (
    <footer className={classes.keys} aria-label={say('keys.heading')}>
      {hints.map(([key, text]) => (
        <span key={key} className={classes.hint}>
          <Kbd className={classes.key}>{key}</Kbd> {say(text)}
        </span>
      ))}
    </footer>
  )
}
