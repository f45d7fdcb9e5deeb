import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { DeadLetterList } from '../../contract/wire/v1/connections'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { failureOf } from '../hub/failure'
import classes from './connections.module.css'
import { ListPart } from './list-part'
import { useFailed } from './use-failed'
import { useList } from './use-list'

type Letter = DeadLetterList['letters'][number]
const columns = ['channel.name', 'dead.what', 'dead.when', 'dead.why', 'act'] as const

/** What was tried until it made no sense any more. Somebody looks, mends what was wrong, and sends it again. */
export function DeadLettersPart(): ReactNode {
  const { language, say } = useWords()
  const whyOf = useFailed()
  const { hub } = useConsole()
  const list = useList<DeadLetterList>(['dead-letters'], hub.deadLetters)
  const [failed, setFailed] = useState<string | null>(null)
  const resend = (id: string): void => {
    setFailed(null)
    hub.resend(id).then(list.again, (thrown: unknown) => {
      const failure = failureOf(thrown)
      const isOvertaken = failure.kind === 'refused' && failure.code === 'conflict'
      setFailed(isOvertaken ? say('connections.resend.overtaken') : whyOf(thrown))
    })
  }
  const row = (letter: Letter): ReactNode => (
    <tr key={letter.id} data-testid="dead-letter" data-event={letter.event}>
      <th scope="row">{letter.channel}</th>
      <td>
        <code>{letter.event}</code>
      </td>
      <td>{dayAndTime(language, letter.createdAt)}</td>
      <td>{say('connections.dead.tries', { problem: letter.problem, count: letter.tries })}</td>
      <td>
        <Button
          size="xs"
          variant="default"
          aria-label={`${say('connections.resend')}: ${letter.event}, ${dayAndTime(language, letter.createdAt)}`}
          onClick={() => resend(letter.id)}
        >
          {say('connections.resend')}
        </Button>
      </td>
    </tr>
  )
  return (
    <>
      <ListPart
        title={say('connections.dead')}
        none={say('connections.dead.none')}
        list={list}
        columns={columns.map((column) => say(`connections.${column}`))}
        rows={({ letters }) => letters.map(row)}
      />
      <div role="alert">{failed === null ? null : <p className={classes.failed}>{failed}</p>}</div>
    </>
  )
}
