import { IconClockExclamation } from '@tabler/icons-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import type { BreakGlassState, ShellState } from '../../../contract/ipc/schema'
import { checkTitle } from '../../../ui/check-words'
import { useWords, type Words } from '../../../ui/language'
import { pageTicker } from '../../../ui/ticker'
import { clockTime } from '../../../ui/time'

/** One line on where the exception of this desk stands; nothing while there is none. */
export function ExceptionNote({
  state,
  className
}: {
  readonly state: ShellState['breakGlass']
  readonly className: string | undefined
}): ReactNode {
  const now = state?.now
  if (now === undefined || now.stage === 'none') return null
  return (
    <p className={className} data-exception={now.stage}>
      <IconClockExclamation size={18} aria-hidden />
      <Sentence now={now} />
    </p>
  )
}

type Told = Exclude<BreakGlassState, { stage: 'none' }>

function Sentence({ now }: { readonly now: Told }): ReactNode {
  const words = useWords()
  const { language, say } = words
  const left = useSyncExternalStore(pageTicker.subscribe, () =>
    now.stage === 'running' ? leftWords(words, Date.parse(now.until) - pageTicker.now()) : ''
  )
  const check = checkTitle(language, now.check)
  switch (now.stage) {
    case 'asked':
      return <span>{say('glass.state.asked', { check, time: clockTime(language, now.since) })}</span>
    case 'running': {
      const { until, approver } = now
      return (
        <span>{say('glass.state.running', { check, time: clockTime(language, until), left, approver })}</span>
      )
    }
    case 'over':
      return <span>{say(`glass.over.${now.why}`, { check })}</span>
  }
}

/** In whole minutes, rounded up: it changes once a minute, and is read out no more often. */
function leftWords({ say }: Words, ms: number): string {
  return ms < 60_000 ? say('glass.left.less') : say('glass.left.minutes', { count: Math.ceil(ms / 60_000) })
}
