import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { TicketList } from '../../contract/wire/v1/enrolment-admin'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { ConfirmDialog } from '../connections/confirm-dialog'
import lists from '../connections/connections.module.css'
import { ListPart } from '../connections/list-part'
import { useList } from '../connections/use-list'
import { NewTicketDialog } from './new-ticket-dialog'
import { TicketOnce, type Made } from './ticket-once'

type Ticket = TicketList['tickets'][number]
const columns = ['label', 'team', 'for', 'made', 'expires', 'act'] as const

/** Who may become a workstation: tickets made, saved this once, withdrawn. */
export function TicketsPart(): ReactNode {
  const { language, say } = useWords()
  const { hub } = useConsole()
  const list = useList<TicketList>(['tickets'], hub.tickets)
  const [made, setMade] = useState<Made | null>(null)
  const [isMaking, setMaking] = useState(false)
  const [withdrawing, setWithdrawing] = useState<Ticket | null>(null)
  const row = (ticket: Ticket): ReactNode => (
    <tr key={ticket.id} data-testid="ticket-row">
      <th scope="row">{ticket.label}</th>
      <td>{ticket.team}</td>
      <td>{ticket.person ?? say('devices.ticket.person.any')}</td>
      <td>
        {say('devices.ticket.made.by', {
          time: dayAndTime(language, ticket.madeAt),
          by: ticket.madeBy ?? say('devices.ticket.made.command')
        })}
      </td>
      <td>{dayAndTime(language, ticket.expiresAt)}</td>
      <td>
        <Button
          size="xs"
          variant="default"
          aria-label={`${say('devices.ticket.withdraw')}: ${ticket.label}`}
          onClick={() => setWithdrawing(ticket)}
        >
          {say('devices.ticket.withdraw')}
        </Button>
      </td>
    </tr>
  )
  return (
    <>
      <p className={lists.quiet}>{say('devices.tickets.intro')}</p>
      {made === null ? null : <TicketOnce made={made} onDone={() => setMade(null)} />}
      <ListPart
        title={say('devices.tickets.title')}
        none={say('devices.tickets.none')}
        make={
          <Button disabled={list.data === undefined} onClick={() => setMaking(true)}>
            {say('devices.ticket.new')}
          </Button>
        }
        list={list}
        columns={columns.map((column) => say(`devices.ticket.${column}`))}
        rows={({ tickets }) => tickets.map(row)}
      />
      {isMaking && list.data !== undefined ? (
        <NewTicketDialog
          teams={list.data.teams}
          hubUrls={list.data.hubUrls}
          onMade={(one) => {
            setMade(one)
            list.again()
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {withdrawing === null ? null : (
        <ConfirmDialog
          title={say('devices.ticket.withdraw')}
          ask={say('devices.ticket.withdraw.ask', { label: withdrawing.label })}
          act={async () => {
            await hub.withdrawTicket(withdrawing.id)
            list.again()
          }}
          onClose={() => setWithdrawing(null)}
        />
      )}
    </>
  )
}
