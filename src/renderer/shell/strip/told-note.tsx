import { CloseButton } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import { clockTime } from '../../../ui/time'

interface Props {
  readonly told: ShellState['told']
  readonly className: string | undefined
}

/** What a supervisor did to this desk, or wrote to the person, until they put it away. */
export function ToldNote({ told, className }: Props): ReactNode {
  const { language, say } = useWords()
  const [away, setAway] = useState('')
  if (told == null || told.id === away) return null
  const { by, text } = told
  const time = clockTime(language, told.at)
  return (
    <p className={className} data-told={told.kind}>
      <IconMessage size={18} aria-hidden />
      {told.kind === 'message'
        ? say('shell.told.message', { by, time, text: text ?? '' })
        : say(`shell.told.${told.kind}`, { by, time })}
      <CloseButton size="sm" aria-label={say('common.close')} onClick={() => setAway(told.id)} />
    </p>
  )
}
