import { Button, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Me } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { makeKey } from './passkey'

/** Makes the passkey of one approver, and shows the lines that IT signs into the policy. */
export function KeySetUp({ me }: { readonly me: Me }): ReactNode {
  const { say } = useWords()
  const [made, setMade] = useState<{ readonly lines: string } | { readonly failed: true } | null>(null)
  return (
    <div>
      <div>{say('glass.key')}</div>
      {made !== null && 'lines' in made ? (
        <Textarea
          label={say('glass.key.lines')}
          description={say('glass.key.detail')}
          readOnly
          rows={6}
          value={made.lines}
        />
      ) : (
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            makeKey(me).then(
              (lines) => setMade({ lines }),
              () => setMade({ failed: true })
            )
          }}
        >
          {say('glass.key.make')}
        </Button>
      )}
      <div role="alert">{made !== null && 'failed' in made ? say('glass.dialog.key-failed') : null}</div>
    </div>
  )
}
