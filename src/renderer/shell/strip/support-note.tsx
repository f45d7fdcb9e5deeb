import { Button } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import { clockTime } from '../../../ui/time'
import type { ShellApi } from '../bridge'

interface Props {
  readonly api: Pick<ShellApi, 'endSupport'>
  readonly support: ShellState['support']
  readonly className: string | undefined
}

/** That programs for help may run just now, who asked for it, until when, and the way to end it. */
export function SupportNote({ api, support, className }: Props): ReactNode {
  const { language, say } = useWords()
  if (support === undefined) return null
  return (
    <p className={className} data-testid="support">
      <IconLifebuoy size={18} aria-hidden />
      {say('shell.support', { by: support.by, time: clockTime(language, support.until) })}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          api.endSupport()
        }}
      >
        {say('shell.support.end')}
      </Button>
    </p>
  )
}
