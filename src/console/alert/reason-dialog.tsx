import { Radio, Stack, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { noteSchema } from '../../core/alert/life'
import { useWords } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import { FormDialog } from '../dialog/form-dialog'
import { failureOf } from '../hub/failure'

interface Props<Choice extends string> {
  readonly title: string
  readonly ask: string
  readonly choices: readonly { readonly value: Choice; readonly label: string }[]
  readonly save: string
  readonly send: (choice: Choice, note: string) => Promise<void>
  readonly onClose: () => void
}

/** One choice and a note that says why: what is recorded about a person is never recorded without words. */
export function ReasonDialog<Choice extends string>(props: Props<Choice>): ReactNode {
  const { title, ask, choices, save, send, onClose } = props
  const words = useWords()
  const { say } = words
  const [choice, setChoice] = useState<Choice | null>(null)
  const [note, setNote] = useState('')
  return (
    <FormDialog
      title={title}
      isGood={choice !== null && noteSchema.safeParse(note).success}
      save={save}
      saving={say('life.saving')}
      send={() => (choice === null ? Promise.resolve() : send(choice, note.trim()))}
      whyOf={(thrown) => say('life.failed', { why: failureWords(words, failureOf(thrown)).what })}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}
