import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import lists from '../connections/connections.module.css'

interface Props {
  /** Null while nothing failed: then there is no line. */
  readonly why: { readonly what: string; readonly remedy: string } | null
  readonly again: () => unknown
}

/** Why something did not load, what helps, and a way to try again. */
export function FailedLine({ why, again }: Props): ReactNode {
  const { say } = useWords()
  if (why === null) return null
  return (
    <p className={lists.failed} role="alert">
      {why.what} {why.remedy}{' '}
      <Button size="xs" variant="default" onClick={() => void again()}>
        {say('common.retry')}
      </Button>
    </p>
  )
}
