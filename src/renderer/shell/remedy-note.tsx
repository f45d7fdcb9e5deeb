import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { Copy } from './copy'
import type { Remedy } from './remedy'
import classes from './remedy-note.module.css'

interface Props {
  /** Null when main named one that the catalogue does not know. */
  readonly remedy: Remedy | null
  /** The machine's own words, for whoever mends it. */
  readonly detail: string
}

/** What is wrong, what to do, the command that does it, and the line that IT will ask for. */
export function RemedyNote({ remedy, detail }: Props): ReactNode {
  const { say } = useWords()
  return (
    <div className={classes.note}>
      <p className={classes.title}>{remedy?.title ?? say('shell.refused.unknown')}</p>
      <p className={classes.text}>{remedy?.text ?? say('shell.checks.ask-it')}</p>
      {remedy?.command != null && (
        <div className={classes.line}>
          <code>{remedy.command}</code>
          <Copy text={remedy.command} label={say('shell.refused.copy-command')} />
        </div>
      )}
      {detail !== '' && (
        <div className={classes.detail}>
          <span>{say('shell.refused.detail-line')}</span>
          <code>{detail}</code>
          <Copy text={detail} label={say('shell.refused.copy-detail')} />
        </div>
      )}
    </div>
  )
}
