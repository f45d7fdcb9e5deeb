import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { FormDialog } from '../dialog/form-dialog'
import { useFailed } from './use-failed'

interface Props {
  readonly title: string
  readonly ask: string
  readonly act: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, ask, act, onClose }: Props): ReactNode {
  const { say } = useWords()
  const whyOf = useFailed()
  return (
    <FormDialog
      title={title}
      isGood
      save={say('connections.confirm')}
      saving={say('connections.saving')}
      send={act}
      whyOf={whyOf}
      onClose={onClose}
    >
      <p>{ask}</p>
    </FormDialog>
  )
}
