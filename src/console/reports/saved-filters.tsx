import { Button, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { z } from 'zod'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import {
  savedFilterListSchema,
  type ReportFilter,
  type SavedFilter
} from '../../contract/wire/v1/saved-filter'
import { useWords, type Words } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'
import review from '../review/review-page.module.css'
import { addressOf } from './filter-address'
import classes from './reports-page.module.css'

interface Props {
  readonly filter: ReportFilter
  readonly onApply: (filter: ReportFilter) => void
}

type Change =
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'rename'; readonly id: string; readonly name: string }
  | { readonly kind: 'remove'; readonly id: string }

/** One's own filters by name: applied, renamed, deleted, and what is seen now kept as another. */
export function SavedFilters({ filter, onApply }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub, onEnded } = useConsole()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const list = useQuery({
    queryKey: ['filters'],
    queryFn: ({ signal }) => hub.ask(savedFilterListSchema, 'reports/filters', signal)
  })
  const change = useMutation({
    mutationFn: async (what: Change): Promise<void> => {
      if (what.kind === 'save') await hub.tell(madeSchema, 'reports/filters', { name: what.name, filter })
      else {
        const path = `reports/filters/${encodeURIComponent(what.id)}`
        if (what.kind === 'remove') await hub.tell(acceptedSchema, `${path}/remove`)
        else await hub.tell(acceptedSchema, `${path}/name`, { name: what.name })
      }
      setRenaming(null)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['filters'] }),
    onError: (thrown) => {
      if (failureOf(thrown).kind === 'signed-out') onEnded()
    }
  })
  const filters = list.data?.filters ?? []
  const now = filters.find((one) => addressOf(one.filter) === addressOf(filter))
  const error = change.error ?? list.error
  const row = (one: SavedFilter): ReactNode => (
    <li key={one.id} className={classes.row} data-testid="saved-filter">
      {renaming === one.id ? (
        <NameForm
          first={one.name}
          save={say('filters.rename.save')}
          onSave={(name) => change.mutate({ kind: 'rename', id: one.id, name })}
        />
      ) : (
        <>
          <span>
            <button
              type="button"
              className={review.open}
              aria-current={one.id === now?.id ? 'true' : undefined}
              onClick={() => {
                setOpen(false)
                toggle.current?.focus()
                onApply(one.filter)
              }}
            >
              {one.name}
            </button>
          </span>
          <Button
            size="xs"
            variant="default"
            aria-label={say('filters.renameOf', { name: one.name })}
            onClick={() => setRenaming(one.id)}
          >
            {say('filters.rename')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={say('filters.deleteOf', { name: one.name })}
            onClick={() => change.mutate({ kind: 'remove', id: one.id })}
          >
            {say('filters.delete')}
          </Button>
        </>
      )}
    </li>
  )
  return (
    <>
      <Button
        ref={toggle}
        variant="default"
        aria-expanded={isOpen}
        rightSection={<IconChevronDown size={16} aria-hidden />}
        onClick={() => setOpen(!isOpen)}
      >
        {now?.name ?? say('filters.title')}
      </Button>
      {isOpen ? (
        <section className={classes.saved} aria-label={say('filters.title')} data-testid="saved-filters">
          {filters.length > 0 ? (
            <ul className={classes.list}>{filters.map(row)}</ul>
          ) : (
            <p className={review.quiet}>{say(list.isPending ? 'filters.loading' : 'filters.none')}</p>
          )}
          {renaming === null && now === undefined ? (
            <NameForm
              key={filters.length}
              first=""
              save={say('filters.save')}
              onSave={(name) => change.mutate({ kind: 'save', name })}
            />
          ) : null}
          <p role="alert" className={classes.failed}>
            {error === null ? null : whyNot(words, error)}
          </p>
        </section>
      ) : null}
    </>
  )
}

const madeSchema = z.strictObject({ id: z.uuid() })

function whyNot(words: Words, thrown: unknown): string {
  const failure = failureOf(thrown)
  if (failure.kind === 'refused' && failure.code === 'conflict')
    return words.say(failure.field === 'name' ? 'filters.taken' : 'filters.full')
  const { what, remedy } = failureWords(words, failure)
  return `${what} ${remedy}`
}

interface NameFormProps {
  readonly first: string
  readonly save: string
  readonly onSave: (name: string) => void
}

function NameForm({ first, save, onSave }: NameFormProps): ReactNode {
  const { say } = useWords()
  const [name, setName] = useState(first)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') onSave(name.trim())
  }
  return (
    <form className={classes.acts} noValidate onSubmit={submit}>
      <TextInput
        label={say('filters.name')}
        maxLength={60}
        autoFocus={first !== ''}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {save}
      </Button>
    </form>
  )
}
