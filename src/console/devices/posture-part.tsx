import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Posture } from '../../contract/wire/v1/device-admin'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import lists from '../connections/connections.module.css'
import { ListPart } from '../connections/list-part'
import { useList } from '../connections/use-list'
import classes from './devices.module.css'

/** How often the figures are asked for again, milliseconds. */
const AGAIN_MS = 15_000
const columns = ['check', 'share', 'fail', 'unproven', 'pass', 'show'] as const

type Row = Posture['checks'][number]

/** How often each check passes, fails, and is not proven, over all computers whose word counts. */
export function PosturePart({ onShow }: { readonly onShow: (check: string) => void }): ReactNode {
  const { language, say } = useWords()
  const { hub } = useConsole()
  const list = useList<Posture>(['posture'], hub.posture, { againMs: AGAIN_MS })
  const row = (one: Row): ReactNode => {
    const title = checkTitle(language, one.check)
    return (
      <tr key={one.check} data-testid="posture-row" data-check={one.check}>
        <th scope="row">{title}</th>
        <td>
          <Share row={one} />
        </td>
        <td>{one.fail}</td>
        <td>{one.unproven}</td>
        <td>{one.pass}</td>
        <td>
          {one.fail + one.unproven === 0 ? null : (
            <Button
              size="xs"
              variant="default"
              aria-label={`${say('devices.posture.show')}: ${title}`}
              onClick={() => onShow(one.check)}
            >
              {say('devices.posture.show')}
            </Button>
          )}
        </td>
      </tr>
    )
  }
  return (
    <>
      <ListPart
        title={say('devices.posture.title')}
        none={say('devices.posture.none')}
        list={list}
        columns={columns.map((column) => say(`devices.posture.${column}`))}
        rows={({ checks }) => checks.map(row)}
      />
      {list.data === undefined ? null : (
        <div data-testid="posture-counted">
          <p className={lists.quiet}>{say('devices.posture.counted', { count: list.data.counted })}</p>
          {list.data.silent + list.data.disbelieved === 0 ? null : (
            <p className={lists.quiet}>
              {say('devices.posture.left', { silent: list.data.silent, disbelieved: list.data.disbelieved })}
            </p>
          )}
        </div>
      )}
    </>
  )
}

/** The three figures as one bar; they stand beside it in numbers, so it is a picture only. */
function Share({ row: { fail, unproven, pass } }: { readonly row: Row }): ReactNode {
  const all = Math.max(1, fail + unproven + pass)
  const parts = { fail, unproven, pass }
  return (
    <div className={classes.share} aria-hidden>
      {(['fail', 'unproven', 'pass'] as const).map((part) => (
        <span key={part} data-part={part} style={{ inlineSize: `${(100 * parts[part]) / all}%` }} />
      ))}
    </div>
  )
}
