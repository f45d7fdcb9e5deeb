import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { KeyList } from '../../contract/wire/v1/connections'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { ConfirmDialog } from './confirm-dialog'
import { ListPart } from './list-part'
import { NewKeyDialog } from './new-key-dialog'
import type { Shown } from './shown-once'
import { useList } from './use-list'

type Key = KeyList['keys'][number]
const columns = ['name', 'key', 'scopes', 'made', 'used', 'state', 'act'] as const

/** The keys of other systems: made, shown once, revoked. */
export function KeysPart({ onMade }: { readonly onMade: (shown: Shown) => void }): ReactNode {
  const { language, say } = useWords()
  const { hub } = useConsole()
  const list = useList<KeyList>(['integration-keys'], hub.integrationKeys)
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Key | null>(null)
  const row = (key: Key): ReactNode => (
    <tr key={key.id} data-testid="key-row" data-state={key.state}>
      <th scope="row">{key.name}</th>
      <td>
        <code>{key.hint}…</code>
      </td>
      <td>{key.scopes.map((scope) => say(`connections.scope.${scope}`)).join(', ')}</td>
      <td>{say('connections.made.by', { time: dayAndTime(language, key.madeAt), by: key.madeBy })}</td>
      <td>{key.usedAt === null ? say('connections.used.never') : dayAndTime(language, key.usedAt)}</td>
      <td>{say(`connections.state.${key.state}`)}</td>
      <td>
        {key.state === 'good' ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`${say('connections.revoke')}: ${key.name}`}
            onClick={() => setRevoking(key)}
          >
            {say('connections.revoke')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
  return (
    <>
      <ListPart
        title={say('connections.keys')}
        none={say('connections.keys.none')}
        make={<Button onClick={() => setMaking(true)}>{say('connections.key.new')}</Button>}
        list={list}
        columns={columns.map((column) => say(`connections.${column}`))}
        rows={({ keys }) => keys.map(row)}
      />
      {making ? (
        <NewKeyDialog
          onMade={(shown) => {
            onMade(shown)
            list.again()
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {revoking === null ? null : (
        <ConfirmDialog
          title={say('connections.revoke')}
          ask={say('connections.revoke.ask', { name: revoking.name })}
          act={async () => {
            await hub.revokeKey(revoking.id)
            list.again()
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </>
  )
}
