import type { ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { clockTimeExact } from '../../ui/time'
import classes from './time-line.module.css'

type What = AlertView['timeline'][number]['what']
/** What the desk, the hub or the time did. */
const byNobody = ['seen', 'received', 'ended', 'escalated-lead', 'escalated-on-call', 'closed'] as const
const isByNobody = (what: What): what is (typeof byNobody)[number] => byNobody.some((one) => one === what)

/** What happened to one alert, oldest first. */
export function TimeLine({ entries }: { readonly entries: AlertView['timeline'] }): ReactNode {
  const { language, say } = useWords()
  const ordered = [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return (
    <ol className={classes.line}>
      {ordered.map(({ at, what, by }) => {
        const who = by ?? say('alert.timeline.somebody')
        const text = isByNobody(what)
          ? say(`alert.timeline.${what}`)
          : say(`alert.timeline.${what}`, { by: who })
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
