import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface Props {
  readonly title: string
  readonly hint: string
  readonly action?: ReactNode
}

/** A page that has nothing to show says why, what mends it, and offers the next step. */
export function Notice({ title, hint, action }: Props): ReactNode {
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle className={classes.sign} size={28} stroke={1.75} aria-hidden />
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.hint}>{hint}</p>
      {action}
    </div>
  )
}
