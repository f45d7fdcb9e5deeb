import { Button, Radio, Stack, Textarea } from '@mantine/core'
import { useEffect, useId, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { noteSchema } from '../../core/alert/life'
import { useWords } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import classes from '../break-glass/decision-dialog.module.css'
import { failureOf } from '../hub/failure'

interface Props<Choice extends string> {
  readonly title: string
  readonly ask: string
  readonly choices: readonly { readonly value: Choice; readonly label: string }[]
  readonly save: string
  readonly send: (choice: Choice, note: string) => Promise<void>
  readonly onClose: () => void
}

type Sending =
  | { readonly state: 'open' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly why: string }

/** One choice and a note that says why: what is recorded about a person is never recorded without words. */
export function ReasonDialog<Choice extends string>(props: Props<Choice>): ReactNode {
  const { title, ask, choices, save, send, onClose } = props
  const words = useWords()
  const { say } = words
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [note, setNote] = useState('')
  const [sending, setSending] = useState<Sending>({ state: 'open' })
  useEffect(() => dialog.current?.showModal(), [])
  const isGood = choice !== null && noteSchema.safeParse(note).success

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (choice === null || !isGood || sending.state === 'sending') return
    setSending({ state: 'sending' })
    send(choice, note.trim()).then(onClose, (thrown: unknown) => {
      setSending({ state: 'failed', why: failureWords(words, failureOf(thrown)).what })
    })
  }
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={heading}
      onClose={onClose}
      // Keys typed here are not the board's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form className={classes.form} noValidate onSubmit={submit}>
        <h2 id={heading} className={classes.title}>
          {title}
        </h2>
        <Radio.Group
          label={ask}
          value={choice ?? ''}
          onChange={(value) => setChoice(choices.find((one) => one.value === value)?.value ?? null)}
        >
          <Stack gap={8} mt={8}>
            {choices.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={say('life.decide.note')}
          description={say('life.decide.hint')}
          maxLength={1000}
          rows={3}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div role="alert">
          {sending.state === 'failed' ? (
            <p className={classes.failed}>{say('life.failed', { why: sending.why })}</p>
          ) : null}
        </div>
        <div className={classes.acts}>
          <Button type="submit" disabled={!isGood} aria-busy={sending.state === 'sending'}>
            {sending.state === 'sending' ? say('life.saving') : save}
          </Button>
          <Button variant="default" onClick={() => dialog.current?.close()}>
            {say('common.close')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
