import type { ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { clockTimeExact } from '../../ui/time'
import classes from './time-line.module.css'

/** What happened to one alert, oldest first. */
export function TimeLine({ entries }: { readonly entries: AlertView['timeline'] }): ReactNode {
  const { language, say } = useWords()
  const ordered = [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return (
    <ol className={classes.line}>
      {ordered.map(({ at, what, by }) => {
        const who = by ?? say('alert.timeline.somebody')
        const text =
          what === 'delivered' || what === 'acknowledged'
            ? say(`alert.timeline.${what}`, { by: who })
            : say(`alert.timeline.${what}`)
        return (
          <li key={`${what} ${at}`} className={classes.entry}>
            <time dateTime={at} className={classes.time}>
              {clockTimeExact(language, at)}
            </time>
            <span>{text}</span>
          </li>
        )
      })}
    </ol>
  )
}
