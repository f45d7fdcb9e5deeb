import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import { FormDialog } from '../dialog/form-dialog'
import { failureOf } from '../hub/failure'

interface Props {
  readonly title: string
  readonly ask: string
  readonly act: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, ask, act, onClose }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  return (
    <FormDialog
      title={title}
      isGood
      save={say('connections.confirm')}
      saving={say('connections.saving')}
      send={act}
      whyOf={(thrown) => say('connections.failed', { why: failureWords(words, failureOf(thrown)).what })}
      onClose={onClose}
    >
      <p>{ask}</p>
    </FormDialog>
  )
}
