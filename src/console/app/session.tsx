import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import type { Language } from '../../ui/messages/translate'
import { BoardSkeleton } from '../board/board-skeleton'
import { failureOf } from '../hub/failure'
import type { HubClient } from '../hub/hub-client'
import { REFUSED_PATH, RefusedPage } from '../sign-in/refused-page'
import { SignInPage } from '../sign-in/sign-in-page'
import { failureWords } from './failure-words'
import { Notice } from './notice'
import { SignedIn } from './signed-in'

interface Props {
  readonly hub: HubClient
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

/** While the hub is away before anybody is signed in, it is asked again so often, milliseconds. */
const ASK_AGAIN_MS = 3000

/** Who is signed in: the board for them, the sign-in page for nobody, words when the hub is away. */
export function Session({ hub, language, setLanguage }: Props): ReactNode {
  const words = useWords()
  const queries = useQueryClient()
  // A new object each time: the page is drawn again whichever way a session ended.
  const [left, setLeft] = useState({ byHub: false })
  const me = useQuery<Me>({
    queryKey: ['me'],
    queryFn: ({ signal }) => hub.me(signal),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) =>
      state.error && failureOf(state.error).kind !== 'signed-out' ? ASK_AGAIN_MS : false
  })

  const [path] = useLocation()

  const enter = useCallback((who: Me) => queries.setQueryData(['me'], who), [queries])
  const leave = useCallback(
    (ended: 'by-choice' | 'by-hub') => {
      // All of it: whoever signs in next sees nothing that the one before was shown.
      queries.clear()
      setLeft({ byHub: ended === 'by-hub' })
    },
    [queries]
  )

  if (path === REFUSED_PATH) return <RefusedPage language={language} setLanguage={setLanguage} />
  if (me.data) {
    return (
      <SignedIn
        key={me.data.id}
        hub={hub}
        me={me.data}
        language={language}
        setLanguage={setLanguage}
        onEnd={leave}
      />
    )
  }
  if (me.isPending) return <BoardSkeleton />
  const failure = failureOf(me.error)
  if (failure.kind === 'signed-out') {
    return (
      <SignInPage
        hub={hub}
        language={language}
        setLanguage={setLanguage}
        sessionEnded={left.byHub}
        onSignedIn={enter}
      />
    )
  }
  const { what, remedy } = failureWords(words, failure)
  const again = (
    <Button loading={me.isFetching} onClick={() => void me.refetch()}>
      {words.say('common.retry')}
    </Button>
  )
  return <Notice title={what} hint={remedy} action={again} />
}
