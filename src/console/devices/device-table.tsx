import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import {
  deviceSortSchema,
  type DeviceQuery,
  type DeviceRow,
  type DeviceSort
} from '../../contract/wire/v1/device-admin'
import { useWords } from '../../ui/language'
import { Since } from '../../ui/since'
import { StateMark } from '../../ui/state-mark'
import type { StateName } from '../../ui/states'
import { dayAndTime } from '../../ui/time'
import lists from '../connections/connections.module.css'
import review from '../review/review-page.module.css'
import classes from './devices.module.css'
import { Problems } from './problems'

export type Order = Pick<DeviceQuery, 'sort' | 'order'>

interface Props {
  readonly devices: readonly DeviceRow[]
  readonly policyInForce: number
  readonly order: Order
  readonly onOrder: (order: Order) => void
  readonly onAct: (what: 'revoke' | 'release', device: DeviceRow) => void
}

/** The computers of one page, with what may be done about each. */
export function DeviceTable({ devices, policyInForce, order, onOrder, onAct }: Props): ReactNode {
  const { say } = useWords()
  return (
    // It may be wider than a narrow window, so the keyboard has to get to it.
    <div className={lists.scroll} tabIndex={0} role="group" aria-label={say('devices.part.devices')}>
      <table className={`${review.table ?? ''} ${classes.table ?? ''}`}>
        <thead>
          <tr>
            {deviceSortSchema.options.map((sort) => (
              <SortHead key={sort} sort={sort} order={order} onOrder={onOrder} />
            ))}
            <th scope="col">{say('devices.column.act')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <Row key={device.workstation} device={device} policyInForce={policyInForce} onAct={onAct} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What people look for at the top when they press a head for the first time. */
const worstFirst: readonly DeviceSort[] = ['trust', 'problems']

function SortHead({
  sort,
  order,
  onOrder
}: {
  readonly sort: DeviceSort
  readonly order: Order
  readonly onOrder: (order: Order) => void
}): ReactNode {
  const { say } = useWords()
  const isOwn = order.sort === sort
  const first = worstFirst.includes(sort) ? 'down' : 'up'
  const next = isOwn ? (order.order === 'up' ? 'down' : 'up') : first
  const Sign = order.order === 'up' ? IconChevronUp : IconChevronDown
  return (
    <th scope="col" aria-sort={isOwn ? (order.order === 'up' ? 'ascending' : 'descending') : undefined}>
      <button type="button" className={classes.sort} onClick={() => onOrder({ sort, order: next })}>
        {say(`devices.column.${sort}`)}
        {isOwn ? <Sign size={14} stroke={2} aria-hidden /> : null}
      </button>
    </th>
  )
}

const marks: Readonly<Record<DeviceRow['trust'], StateName>> = {
  attested: 'all-well',
  reported: 'attention',
  unattested: 'off',
  unproven: 'attention',
  quarantined: 'act-now',
  revoked: 'hidden'
}

function Row({
  device,
  policyInForce,
  onAct
}: {
  readonly device: DeviceRow
  readonly policyInForce: number
  readonly onAct: Props['onAct']
}): ReactNode {
  const { language, say } = useWords()
  const { label, hostLabel, trust, trustSince, lastHeard, isSilent, policyVersion } = device
  const acts =
    trust === 'revoked'
      ? []
      : trust === 'quarantined'
        ? (['release', 'revoke'] as const)
        : (['revoke'] as const)
  return (
    <tr data-testid="device-row" data-trust={trust}>
      <th scope="row" className={classes.label}>
        {label}
        <div className={lists.quiet}>{hostLabel}</div>
        {device.simulated ? <div className={lists.quiet}>{say('devices.simulated')}</div> : null}
      </th>
      <td>{device.team}</td>
      <td>{say(`devices.key.${device.keyClass}`)}</td>
      <td>
        <StateMark state={marks[trust]} word={say(`devices.trust.${trust}`)} />
        {trustSince === null ? null : (
          <div className={lists.quiet}>
            <time dateTime={trustSince}>{dayAndTime(language, trustSince)}</time>
          </div>
        )}
      </td>
      <td data-silent={isSilent}>
        {lastHeard === null ? say('devices.heard.never') : <Since at={lastHeard} show="length" />}
        {isSilent ? <div className={lists.quiet}>{say('devices.heard.silent')}</div> : null}
      </td>
      <td>{device.version}</td>
      <td data-behind={policyVersion !== policyInForce}>
        {policyVersion === 0
          ? say('devices.policy.none')
          : policyVersion === policyInForce
            ? policyVersion
            : say('devices.policy.behind', { version: policyVersion, newest: policyInForce })}
      </td>
      <td>
        <Problems problems={device.problems} />
      </td>
      <td>
        <div className={classes.acts}>
          {acts.map((what) => (
            <Button
              key={what}
              size="xs"
              variant="default"
              aria-label={`${say(`devices.${what}`)}: ${label}`}
              onClick={() => onAct(what, device)}
            >
              {say(`devices.${what}`)}
            </Button>
          ))}
        </div>
      </td>
    </tr>
  )
}
