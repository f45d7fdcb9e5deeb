import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { ChannelList } from '../../contract/wire/v1/connections'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { ConfirmDialog } from './confirm-dialog'
import classes from './connections.module.css'
import { ListPart } from './list-part'
import { NewChannelDialog } from './new-channel-dialog'
import type { Shown } from './shown-once'
import { useList } from './use-list'

type Channel = ChannelList['channels'][number]
const columns = ['channel.name', 'kind', 'events', 'delivery', 'act'] as const

/** Who is told beside the console, and whether it arrives. */
export function ChannelsPart({ onMade }: { readonly onMade: (shown: Shown) => void }): ReactNode {
  const { say } = useWords()
  const { hub } = useConsole()
  const list = useList<ChannelList>(['channels'], hub.channels)
  const [making, setMaking] = useState(false)
  const [retiring, setRetiring] = useState<Channel | null>(null)
  const row = (channel: Channel): ReactNode => (
    <tr key={channel.id} data-testid="channel-row" data-kind={channel.kind}>
      <th scope="row">
        {channel.name}
        <div className={classes.quiet}>{channel.team ?? say('connections.team.all')}</div>
      </th>
      <td>
        {say(`connections.kind.${channel.kind}`)}
        <div className={`${classes.quiet ?? ''} ${classes.target ?? ''}`}>{channel.target}</div>
      </td>
      <td>{channel.events.map((event) => say(`connections.event.${event}`)).join(', ')}</td>
      <td data-dead={channel.dead} data-waiting={channel.waiting}>
        {say('connections.delivery.words', { waiting: channel.waiting, dead: channel.dead })}
      </td>
      <td>
        <Button
          size="xs"
          variant="default"
          aria-label={`${say('connections.retire')}: ${channel.name}`}
          onClick={() => setRetiring(channel)}
        >
          {say('connections.retire')}
        </Button>
      </td>
    </tr>
  )
  return (
    <>
      <ListPart
        title={say('connections.channels')}
        none={say('connections.channels.none')}
        make={
          <Button disabled={list.data === undefined} onClick={() => setMaking(true)}>
            {say('connections.channel.new')}
          </Button>
        }
        list={list}
        columns={columns.map((column) => say(`connections.${column}`))}
        rows={({ channels }) => channels.map(row)}
      />
      {making && list.data !== undefined ? (
        <NewChannelDialog
          hasMail={list.data.hasMail}
          onMade={(shown) => {
            if (shown !== null) onMade(shown)
            list.again()
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {retiring === null ? null : (
        <ConfirmDialog
          title={say('connections.retire')}
          ask={say('connections.retire.ask', { name: retiring.name })}
          act={async () => {
            await hub.retireChannel(retiring.id)
            list.again()
          }}
          onClose={() => setRetiring(null)}
        />
      )}
    </>
  )
}
