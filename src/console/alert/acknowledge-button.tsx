import { Button, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import type { Acting } from '../board/use-acknowledge'
import { nameOf } from '../board/words'
import { Key } from './key'

interface Props {
  readonly alert: AlertView
  readonly acting: Acting | undefined
  /** Shows the key, where it acts on this alert. */
  readonly withKey?: boolean
  readonly compact?: boolean
  readonly onAcknowledge: (alert: string) => void
}

/** The one act. It is never disabled: a disabled button would drop the focus of who just pressed it. */
export function AcknowledgeButton(props: Props): ReactNode {
  const { alert, acting, withKey = false, compact = false, onAcknowledge } = props
  const { language, say } = useWords()
  const sending = acting?.state === 'sending'
  // Beside other cards the button says whose it is; in the panel the heading does.
  const label = say('alert.acknowledgeOf', { name: nameOf(alert), rule: ruleTitle(language, alert.rule) })
  return (
    <Button
      size={compact ? 'xs' : 'sm'}
      fullWidth={!compact}
      data-testid="acknowledge"
      aria-label={compact ? label : undefined}
      aria-busy={sending}
      aria-keyshortcuts={withKey ? 'a' : undefined}
      onClick={() => {
        if (!sending) onAcknowledge(alert.id)
      }}
      rightSection={
        sending ? <Loader size={14} color="currentColor" aria-hidden /> : withKey ? <Key name="a" /> : null
      }
    >
      {say('alert.acknowledge')}
    </Button>
  )
}
