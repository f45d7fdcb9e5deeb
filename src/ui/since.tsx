import { useSyncExternalStore, type ReactNode } from 'react'
import { useWords } from './language'
import { clockTime, lengthOfTime } from './time'
import { pageTicker } from './ticker'

interface Props {
  /** ISO 8601 instant. */
  readonly at: string
  /** `both`: `since 14:02 · 3 min`; `length`: `3 min`; `clock`: `since 14:02`. */
  readonly show?: 'both' | 'length' | 'clock'
}

/** Time since an instant, kept up to date. It renders again only when its text changes. */
export function Since({ at, show = 'both' }: Props): ReactNode {
  const { language, say } = useWords()
  const length = useSyncExternalStore(pageTicker.subscribe, () =>
    lengthOfTime(language, pageTicker.now() - Date.parse(at))
  )
  const clock = say('since.at', { time: clockTime(language, at) })
  const text = show === 'length' ? length : show === 'clock' ? clock : `${clock} · ${length}`
  return <time dateTime={at}>{text}</time>
}
