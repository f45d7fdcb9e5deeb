import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Me } from '../../contract/wire/v1/console'
import type { Language } from '../../ui/messages/translate'
import { pageTicker } from '../../ui/ticker'
import type { HubClient } from '../hub/hub-client'
import { mayDo, type Right } from '../../core/access/right'
import { createBoardStore } from '../stream/board-store'
import { followBoard } from '../stream/follow'
import { pauseUnlessOnline } from '../stream/pause'
import { createSeenReporter } from '../stream/seen-reporter'
import { ConsoleContext } from './console-context'
import { useStored } from './stored'
import { Pages } from './pages'
import { TopBar } from './top-bar'

/** The hub beats every five seconds; two missed beats and a bit are a dead line, milliseconds. */
const SILENCE_MS = 12_000

interface Props {
  readonly hub: HubClient
  readonly me: Me
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly onEnd: (how: 'by-choice' | 'by-hub') => void
}

/** One signed-in console: follows the board as long as it stands. */
export function SignedIn({ hub, me, language, setLanguage, onEnd }: Props): ReactNode {
  const [store] = useState(createBoardStore)
  const [seen] = useState(() => createSeenReporter(hub))
  const [keys, setKeys] = useStored('keys', ['on', 'off'], 'on')

  const watches = mayDo(me.role, 'board.read') && me.mustSetUp !== true

  useEffect(() => {
    if (!watches) return
    const stop = new AbortController()
    const around = {
      now: () => Date.now(),
      chance: () => Math.random(),
      pause: pauseUnlessOnline,
      silenceMs: SILENCE_MS,
      onBeat: (at: string) => pageTicker.setOffset(Date.parse(at) - Date.now())
    }
    const unsubscribe = store.subscribe(() => {
      if (store.snapshot().line.state === 'live') seen.resume()
    })
    void followBoard(hub, store, around, stop.signal).then(() => {
      if (store.snapshot().line.state === 'signed-out') onEnd('by-hub')
    })
    return () => {
      unsubscribe()
      stop.abort()
    }
  }, [hub, store, seen, onEnd, watches])

  const parts = useMemo(
    () => ({
      hub,
      store,
      seen,
      me,
      may: (right: Right) => mayDo(me.role, right),
      onEnded: () => onEnd('by-hub'),
      keys: keys === 'on'
    }),
    [hub, store, seen, me, keys, onEnd]
  )
  const signOut = (): void => {
    hub.signOut().then(
      () => onEnd('by-choice'),
      () => onEnd('by-choice')
    )
  }
  return (
    <ConsoleContext value={parts}>
      <TopBar
        me={me}
        language={language}
        setLanguage={setLanguage}
        keys={keys}
        setKeys={setKeys}
        signOut={signOut}
      />
      <Pages />
    </ConsoleContext>
  )
}
