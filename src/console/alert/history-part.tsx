import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AlertHistory } from '../../contract/wire/v1/review'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'
import classes from './alert-panel.module.css'
import { Part } from './panel'

const known = [
  'alert-acknowledged',
  'alert-agreed',
  'alert-false-alarm',
  'appeal-upheld',
  'appeal-dismissed'
] as const

/** Who did what with an alert, and who saw it: for who looks over the others' shoulders. */
export function HistoryPart({ alert }: { readonly alert: string }): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub } = useConsole()
  const { data, error } = useQuery<AlertHistory>({
    queryKey: ['history', alert],
    queryFn: ({ signal }) => hub.history(alert, signal)
  })
  const wordsOf = (act: string, by: string): string => {
    const name = known.find((one) => one === act)
    return name === undefined ? say('life.act.other', { by, act }) : say(`life.act.${name}`, { by })
  }
  return (
    <Part title={say('life.history')}>
      {error === null ? null : (
        <div role="alert" className={classes.failed}>
          {failureWords(words, failureOf(error)).what}
        </div>
      )}
      {data === undefined && error === null ? (
        <div className={classes.quiet}>{say('common.loading')}</div>
      ) : null}
      <ul className={classes.list} data-testid="history">
        {data?.acts.map(({ at, by, act }) => (
          <li key={`${at} ${act}`}>
            {wordsOf(act, by)} · {dayAndTime(language, at)}
          </li>
        ))}
        {data?.reads.map(({ by, role, through, times, last }) => (
          <li key={`${by} ${role} ${through}`} className={classes.quiet}>
            {say('life.history.read', { by, times, time: dayAndTime(language, last) })}
          </li>
        ))}
      </ul>
    </Part>
  )
}
