import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { InstructionList, InstructRequest } from '../../contract/wire/v1/instruction'
import { messageTextSchema } from '../../core/instruction/instruction'
import { useWords } from '../../ui/language'
import { clockTime } from '../../ui/time'
import { Part } from '../alert/panel'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'
import classes from './instruct-part.module.css'

/** How often an open panel asks what became of what was asked, milliseconds. */
const AGAIN_MS = 1000
const SHOWN = 5

/** What can be asked of one desk, and what it made of it. */
export function InstructPart({ workstation }: { readonly workstation: string }): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub } = useConsole()
  const [writing, setWriting] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const { data, error, refetch } = useQuery<InstructionList>({
    queryKey: ['instructions', workstation],
    queryFn: ({ signal }) => hub.instructions(workstation, signal),
    refetchInterval: AGAIN_MS
  })
  const ask = (request: InstructRequest): void => {
    setFailed(null)
    hub.instruct(workstation, request).then(
      () => {
        setWriting(false)
        void refetch()
      },
      (thrown: unknown) => setFailed(failureWords(words, failureOf(thrown)).what)
    )
  }
  if (data === undefined)
    return (
      <Part title={say('instruct.title')}>
        <div role="alert" className={classes.failed}>
          {error === null ? null : failureWords(words, failureOf(error)).what}
        </div>
        {error === null ? <div className={classes.quiet}>{say('common.loading')}</div> : null}
      </Part>
    )
  return (
    <Part title={say('instruct.title')}>
      <div className={classes.acts}>
        {data.allowed.map((kind) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            aria-expanded={kind === 'message' ? writing : undefined}
            onClick={() => (kind === 'message' ? setWriting(!writing) : ask({ kind }))}
          >
            {say(`instruct.${kind}`)}
          </Button>
        ))}
      </div>
      {writing ? <Message onSend={(text) => ask({ kind: 'message', text })} /> : null}
      <div role="alert" className={classes.failed}>
        {failed === null ? null : say('instruct.failed', { why: failed })}
      </div>
      <div className={classes.quiet}>{say('instruct.seen')}</div>
      <ul className={classes.list}>
        {data.instructions.slice(0, SHOWN).map(({ id, kind, text, by, at, status }) => (
          <li key={id} data-instruction={kind} data-status={status}>
            {say('instruct.row', {
              what: text === null ? say(`instruct.${kind}`) : `“${text}”`,
              by,
              time: clockTime(language, at),
              status: say(`instruct.status.${status}`)
            })}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Message({ onSend }: { readonly onSend: (text: string) => void }): ReactNode {
  const { say } = useWords()
  const [text, setText] = useState('')
  const isGood = messageTextSchema.safeParse(text).success
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isGood) onSend(text.trim())
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={submit}
      // Keys typed here are not the board's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Textarea
        label={say('instruct.text')}
        description={say('instruct.hint')}
        autoFocus
        maxLength={280}
        rows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={!isGood}>
        {say('instruct.message')}
      </Button>
    </form>
  )
}
