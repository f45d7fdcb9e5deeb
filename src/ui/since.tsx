import { useSyncExternalStore, type ReactNode } from 'react'
import { useWords } from './language'
import { clockTime, lengthOfTime, shortLengthOfTime } from './time'
import { pageTicker } from './ticker'

interface Props {
  /** ISO 8601 instant. */
  readonly at: string
  /** `both`: `since 14:02 · 3 min`; `length`: `3 min`; `short`: the same in one unit; `clock`: `since 14:02`. */
  readonly show?: 'both' | 'length' | 'short' | 'clock'
}

/** Time since an instant, kept up to date. It renders again only when its text changes. */
export function Since({ at, show = 'both' }: Props): ReactNode {
  const { language, say } = useWords()
  const length = useSyncExternalStore(pageTicker.subscribe, () =>
    (show === 'short' ? shortLengthOfTime : lengthOfTime)(language, pageTicker.now() - Date.parse(at))
  )
  const clock = say('since.at', { time: clockTime(language, at) })
  const text = show === 'clock' ? clock : show === 'both' ? `${clock} · ${length}` : length
  return <time dateTime={at}>{text}</time>
}
