import { Button } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import type { MadeTicket } from '../../contract/wire/v1/enrolment-admin'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import lists from '../connections/connections.module.css'
import { download } from '../hub/download'
import classes from './devices.module.css'
import { KeyIds } from './key-ids'

/** A ticket that was just made, as it is there this once. */
export interface Made {
  readonly label: string
  readonly answer: MadeTicket
}

/** The ticket as a file to save, with the keys that it makes a computer trust. It is kept nowhere. */
export function TicketOnce({
  made,
  onDone
}: {
  readonly made: Made
  readonly onDone: () => void
}): ReactNode {
  const { language, say } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const { id, ticket, pinned, expiresAt } = made.answer
  useEffect(() => heading.current?.focus(), [id])
  return (
    <section className={lists.once} data-testid="ticket-once">
      <h3 ref={heading} tabIndex={-1} className={lists.partTitle}>
        {say('devices.ticket.once.title', { label: made.label })}
      </h3>
      <p className={lists.quiet}>{say('devices.ticket.once', { until: dayAndTime(language, expiresAt) })}</p>
      <div>
        <p className={lists.quiet}>{say('devices.ticket.once.pinned', { root: pinned.root })}</p>
        <KeyIds keyIds={pinned.keyIds} />
      </div>
      <div className={classes.acts}>
        <Button
          onClick={() =>
            download(fileName(made.label), `${JSON.stringify(ticket, null, 2)}\n`, 'application/json')
          }
        >
          {say('devices.ticket.once.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {say('devices.ticket.once.done')}
        </Button>
      </div>
    </section>
  )
}

/** A name that every file system takes. */
const fileName = (label: string): string =>
  `ticket-${label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.json`
