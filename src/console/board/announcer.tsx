import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { nameOf } from './words'

interface Props {
  readonly open: readonly AlertView[]
  readonly loaded: boolean
}

/** Tells new alerts to who cannot see them come: in the page's title, and aloud. */
export function Announcer({ open, loaded }: Props): ReactNode {
  const { language, say } = useWords()
  const known = useRef<ReadonlySet<string> | null>(null)
  const [spoken, setSpoken] = useState('')

  useEffect(() => {
    document.title =
      open.length === 0 ? say('console.title') : say('console.titleWithOpen', { count: open.length })
  }, [open.length, say])

  useEffect(() => {
    if (!loaded) return
    const before = known.current
    known.current = new Set(open.map(({ id }) => id))
    const fresh = before === null ? [] : open.filter(({ id }) => !before.has(id))
    const [first] = fresh
    if (!first) return
    setSpoken(
      fresh.length === 1
        ? say('board.announce', { name: nameOf(first), rule: ruleTitle(language, first.rule) })
        : say('board.announceMany', { count: fresh.length })
    )
  }, [open, loaded, language, say])

  return (
    <VisuallyHidden role="status" aria-live="assertive">
      {spoken}
    </VisuallyHidden>
  )
}
