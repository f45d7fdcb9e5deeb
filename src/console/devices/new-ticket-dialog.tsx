import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newTicketSchema, type TicketList } from '../../contract/wire/v1/enrolment-admin'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { useFailed } from '../connections/use-failed'
import { FormDialog } from '../dialog/form-dialog'
import { failureOf } from '../hub/failure'
import type { Made } from './ticket-once'
import { whyNoTicket } from './why-no-ticket'

const lengths = [1, 8, 24] as const
const whom = ['one', 'shared'] as const

interface Props extends Pick<TicketList, 'teams' | 'hubUrls'> {
  readonly onMade: (made: Made) => void
  readonly onClose: () => void
}

/** A new ticket: which team, what the computer is called, who may sign in at it, how long. */
export function NewTicketDialog({ teams, hubUrls, onMade, onClose }: Props): ReactNode {
  const { say } = useWords()
  const failed = useFailed()
  const { hub, me } = useConsole()
  const [label, setLabel] = useState('')
  const [team, setTeam] = useState(() => (teams.find(({ name }) => name === me.team) ?? teams[0])?.id ?? '')
  const [isFor, setFor] = useState<(typeof whom)[number]>('one')
  const [person, setPerson] = useState('')
  const [hours, setHours] = useState<number>(8)
  const [hubUrl, setHubUrl] = useState(hubUrls[0] ?? '')
  const request = newTicketSchema.safeParse({
    team,
    label,
    hours,
    person: isFor === 'shared' ? null : person.trim(),
    hubUrl: hubUrl.trim()
  })
  const send = async (): Promise<void> => {
    if (!request.success) return
    onMade({ label: request.data.label, answer: await hub.makeTicket(request.data) })
  }
  const whyOf = (thrown: unknown): string => {
    const words = whyNoTicket(failureOf(thrown))
    return words === null ? failed(thrown) : say(words)
  }
  return (
    <FormDialog
      title={say('devices.ticket.new')}
      isGood={request.success}
      save={say('devices.ticket.make')}
      saving={say('connections.saving')}
      send={send}
      whyOf={whyOf}
      onClose={onClose}
    >
      <TextInput
        label={say('devices.ticket.label')}
        description={say('devices.ticket.label.hint')}
        maxLength={80}
        autoComplete="off"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('devices.ticket.team')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={team}
        onChange={(event) => setTeam(event.currentTarget.value)}
      />
      <Radio.Group
        label={say('devices.ticket.for')}
        value={isFor}
        onChange={(value) => setFor(whom.find((one) => one === value) ?? 'one')}
      >
        <Stack gap={8} mt={8}>
          {whom.map((value) => (
            <Radio key={value} value={value} label={say(`devices.ticket.for.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {isFor === 'shared' ? null : (
        <TextInput
          label={say('devices.ticket.person')}
          type="email"
          maxLength={200}
          autoComplete="off"
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
      )}
      <NativeSelect
        label={say('devices.ticket.hours')}
        data={lengths.map((count) => ({
          value: String(count),
          label: say('devices.ticket.hours.count', { count })
        }))}
        value={String(hours)}
        onChange={(event) => setHours(Number(event.currentTarget.value))}
      />
      <TextInput
        label={say('devices.ticket.hub')}
        description={say('devices.ticket.hub.hint', {
          hosts: hubUrls.map((url) => new URL(url).hostname).join(', ')
        })}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        value={hubUrl}
        onChange={(event) => setHubUrl(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
