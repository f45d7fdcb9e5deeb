import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKeySchema } from '../../contract/wire/v1/connections'
import { scopeSchema, type Scope } from '../../core/integration/scope'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { FormDialog } from '../dialog/form-dialog'
import type { Shown } from './shown-once'
import { useFailed } from './use-failed'

const lives = ['90', '365', 'never'] as const
type Life = (typeof lives)[number]

interface Props {
  readonly onMade: (shown: Shown) => void
  readonly onClose: () => void
}

/** A new key: whose it is, what it may do, when it ends. */
export function NewKeyDialog({ onMade, onClose }: Props): ReactNode {
  const { say } = useWords()
  const whyOf = useFailed()
  const { hub } = useConsole()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [life, setLife] = useState<Life>('365')
  const request = newKeySchema.safeParse({
    name,
    scopes,
    ...(life === 'never' ? {} : { days: Number(life) })
  })
  const send = async (): Promise<void> => {
    if (!request.success) return
    const { key } = await hub.makeKey(request.data)
    onMade({ what: 'key', name: request.data.name, value: key })
  }
  return (
    <FormDialog
      title={say('connections.key.new')}
      isGood={request.success}
      save={say('connections.key.make')}
      saving={say('connections.saving')}
      send={send}
      whyOf={whyOf}
      onClose={onClose}
    >
      <TextInput
        label={say('connections.name')}
        description={say('connections.name.hint')}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={say('connections.scopes')} value={[...scopes]} onChange={setScopes}>
        <Stack gap={8} mt={8}>
          {scopeSchema.options.map((scope: Scope) => (
            <Checkbox key={scope} value={scope} label={say(`connections.scope.${scope}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Radio.Group
        label={say('connections.life')}
        value={life}
        onChange={(value) => setLife(lives.find((one) => one === value) ?? '365')}
      >
        <Stack gap={8} mt={8}>
          {lives.map((value) => (
            <Radio key={value} value={value} label={say(`connections.life.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  )
}
