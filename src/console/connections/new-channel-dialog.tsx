import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newChannelSchema } from '../../contract/wire/v1/connections'
import { channelKindSchema, eventsOf, type ChannelKind } from '../../core/integration/event'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { FormDialog } from '../dialog/form-dialog'
import { failureOf } from '../hub/failure'
import classes from './connections.module.css'
import type { Shown } from './shown-once'
import { useFailed } from './use-failed'

interface Props {
  readonly hasMail: boolean
  /** Null where there is no secret to show. */
  readonly onMade: (shown: Shown | null) => void
  readonly onClose: () => void
}

/** A new channel: by which way, where to, and what it is told of. */
export function NewChannelDialog({ hasMail, onMade, onClose }: Props): ReactNode {
  const { say } = useWords()
  const failed = useFailed()
  const { hub } = useConsole()
  const [kind, setKind] = useState<ChannelKind>('webhook')
  const [name, setName] = useState('')
  const [target, setTarget] = useState('')
  const [events, setEvents] = useState<readonly string[]>([])
  const offered = eventsOf[kind]
  const request = newChannelSchema.safeParse({
    kind,
    name,
    target,
    events: offered.filter((event) => events.includes(event))
  })
  const send = async (): Promise<void> => {
    if (!request.success) return
    const { secret } = await hub.makeChannel(request.data)
    onMade(secret === null ? null : { what: 'secret', name: request.data.name, value: secret })
  }
  const whyOf = (thrown: unknown): string => {
    const failure = failureOf(thrown)
    if (failure.kind === 'refused' && failure.code === 'bad-request') return say('connections.refused')
    return failed(thrown)
  }
  return (
    <FormDialog
      title={say('connections.channel.new')}
      isGood={request.success}
      save={say('connections.channel.make')}
      saving={say('connections.saving')}
      send={send}
      whyOf={whyOf}
      onClose={onClose}
    >
      <Radio.Group
        label={say('connections.kind')}
        value={kind}
        onChange={(value) => setKind(channelKindSchema.options.find((one) => one === value) ?? 'webhook')}
      >
        <Stack gap={8} mt={8}>
          {channelKindSchema.options.map((value) => (
            <Radio
              key={value}
              value={value}
              label={say(`connections.kind.${value}`)}
              disabled={value === 'email' && !hasMail}
            />
          ))}
        </Stack>
      </Radio.Group>
      {hasMail ? null : <p className={classes.quiet}>{say('connections.noMail')}</p>}
      <TextInput
        label={say('connections.name')}
        description={say('connections.name.hint')}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say(`connections.target.${kind}`)}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <Checkbox.Group label={say('connections.events')} value={[...events]} onChange={setEvents}>
        <Stack gap={8} mt={8}>
          {offered.map((event) => (
            <Checkbox key={event} value={event} label={say(`connections.event.${event}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  )
}
