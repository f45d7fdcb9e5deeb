import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './account-page.module.css'
import { accountFailure } from './failed'

/** In place of a list that did not load: why, and again. Nothing while there was no failure. */
export function ListFailed(props: { readonly error: unknown; readonly again: () => unknown }): ReactNode {
  const words = useWords()
  if (props.error === null) return null
  return (
    <div role="alert" className={classes.row}>
      <span className={classes.failed}>{accountFailure(words, props.error)}</span>
      <Button size="xs" variant="default" onClick={() => void props.again()}>
        {words.say('common.retry')}
      </Button>
    </div>
  )
}
