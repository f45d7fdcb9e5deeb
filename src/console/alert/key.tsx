import { Kbd } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './key.module.css'

/** The key that does the same as the button it stands in. */
export function Key({ name }: { readonly name: string }): ReactNode {
  return (
    <Kbd className={classes.key} aria-hidden>
      {name}
    </Kbd>
  )
}
