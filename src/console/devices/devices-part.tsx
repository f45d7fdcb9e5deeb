import { Button, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import {
  DEVICES_A_PAGE,
  type DeviceList,
  type DeviceQuery,
  type DeviceRow
} from '../../contract/wire/v1/device-admin'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { FailedLine } from '../app/failed-line'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { ConfirmDialog } from '../connections/confirm-dialog'
import lists from '../connections/connections.module.css'
import { useList } from '../connections/use-list'
import { DeviceTable, type Order } from './device-table'
import classes from './devices.module.css'
import { PageButtons } from './page-buttons'
import { RevokeDialog } from './revoke-dialog'

/** How often the list is asked for again, milliseconds: desks report every ten seconds. */
const AGAIN_MS = 10_000
/** How long typing rests before it is searched for, milliseconds. */
const REST_MS = 250

interface Props {
  /** Only where this check does not pass; null: all. */
  readonly check: string | null
  readonly onAllChecks: () => void
}

type Acting = { readonly what: 'revoke' | 'release'; readonly device: DeviceRow }

/** The computers of the organisation: searched, put in order, shut out, let in again. */
export function DevicesPart({ check, onAllChecks }: Props): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub } = useConsole()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), REST_MS)
  const [show, setShow] = useState<DeviceQuery['show']>('current')
  const [order, setOrder] = useState<Order>({ sort: 'problems', order: 'down' })
  const [page, setPage] = useState(0)
  const [acting, setActing] = useState<Acting | null>(null)
  const query: DeviceQuery = { search, show, ...order, page, ...(check === null ? {} : { check }) }
  const list = useList<DeviceList>(['devices', query], (signal) => hub.devices(query, signal), {
    againMs: AGAIN_MS,
    keeps: true
  })
  const { data } = list
  const failure = list.failure === null ? null : failureWords(words, list.failure)
  const acted = async (act: Promise<void>): Promise<void> => {
    await act
    list.again()
  }
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          label={say('devices.search')}
          description={say('devices.search.hint')}
          type="search"
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          className={classes.search}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setPage(0)
          }}
        />
        <Switch
          label={say('devices.showAll')}
          checked={show === 'all'}
          onChange={(event) => {
            setShow(event.currentTarget.checked ? 'all' : 'current')
            setPage(0)
          }}
        />
      </div>
      {check === null ? null : (
        <p className={classes.filter} data-testid="only-check">
          {say('devices.onlyCheck', { check: checkTitle(language, check) })}
          <Button size="xs" variant="default" onClick={onAllChecks}>
            {say('devices.allChecks')}
          </Button>
        </p>
      )}
      <FailedLine why={failure} again={list.again} />
      {data === undefined && failure === null ? <p className={lists.quiet}>{say('common.loading')}</p> : null}
      {data === undefined ? null : (
        <>
          <p className={lists.quiet} role="status" data-testid="device-count">
            {data.total > 0
              ? say('devices.count', { count: data.total })
              : say(data.current === 0 && show === 'current' ? 'devices.none' : 'devices.noneFound')}
          </p>
          {data.total === 0 ? null : (
            <DeviceTable
              devices={data.devices}
              policyInForce={data.policyInForce}
              order={order}
              onOrder={(next) => {
                setOrder(next)
                setPage(0)
              }}
              onAct={(what, device) => setActing({ what, device })}
            />
          )}
          <PageButtons page={data.page} pages={Math.ceil(data.total / DEVICES_A_PAGE)} onPage={setPage} />
        </>
      )}
      {acting?.what === 'revoke' ? (
        <RevokeDialog
          label={acting.device.label}
          act={(reason) => acted(hub.revokeDevice(acting.device.workstation, { reason }))}
          onClose={() => setActing(null)}
        />
      ) : null}
      {acting?.what === 'release' ? (
        <ConfirmDialog
          title={say('devices.release')}
          ask={say('devices.release.ask', { label: acting.device.label })}
          act={() => acted(hub.releaseDevice(acting.device.workstation))}
          onClose={() => setActing(null)}
        />
      ) : null}
    </>
  )
}
