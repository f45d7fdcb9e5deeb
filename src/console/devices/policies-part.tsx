import type { ReactNode } from 'react'
import type { Published, Signer } from '../../contract/wire/v1/published'
import { useWords } from '../../ui/language'
import { StateMark } from '../../ui/state-mark'
import type { StateName } from '../../ui/states'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import lists from '../connections/connections.module.css'
import { ListPart } from '../connections/list-part'
import { useList } from '../connections/use-list'
import classes from './devices.module.css'
import { KeyIds } from './key-ids'

/** How often what is published is asked for again, milliseconds. */
const AGAIN_MS = 30_000
const columns = ['version', 'state', 'published', 'expires', 'signers', 'desks'] as const

type Row = Published['policies'][number]
const marks: Readonly<Record<Row['state'], StateName>> = {
  'in-force': 'all-well',
  waiting: 'attention',
  past: 'off',
  disowned: 'attention'
}

/** What rules are published, by whom they are signed, and what says which of them are in force. To be read only. */
export function PoliciesPart(): ReactNode {
  const { language, say } = useWords()
  const { hub } = useConsole()
  const list = useList<Published>(['policies'], hub.published, { againMs: AGAIN_MS })
  const row = (policy: Row): ReactNode => (
    <tr key={policy.version} data-testid="policy-row" data-state={policy.state}>
      <th scope="row">{policy.version}</th>
      <td>
        <StateMark state={marks[policy.state]} word={say(`devices.policies.state.${policy.state}`)} />
      </td>
      <td>{dayAndTime(language, policy.publishedAt)}</td>
      <td>
        {policy.expiresAt === null
          ? say('devices.policies.unreadable')
          : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(policy.expiresAt))}
        {policy.isExpired ? <div className={lists.failed}>{say('devices.policies.expired')}</div> : null}
      </td>
      <td>
        <Signers signers={policy.signers} />
      </td>
      <td>{say('devices.count', { count: policy.desks })}</td>
    </tr>
  )
  return (
    <>
      <p className={lists.quiet} data-testid="signed-offline">
        {say('devices.policies.offline')}
      </p>
      <ListPart
        title={say('devices.policies.title')}
        none={say('devices.policies.none')}
        list={list}
        columns={columns.map((column) => say(`devices.policies.${column}`))}
        rows={({ policies }) => policies.map(row)}
      />
      {list.data === undefined ? null : (
        <>
          <SnapshotWords snapshot={list.data.snapshot} />
          <RootWords root={list.data.root} />
        </>
      )}
    </>
  )
}

function Signers({ signers }: { readonly signers: readonly Signer[] }): ReactNode {
  const { say } = useWords()
  return (
    <ul className={classes.problems}>
      {signers.map(({ keyId, counts }) => (
        <li key={keyId} data-counts={counts}>
          <code title={keyId}>{keyId.slice(0, 12)}</code>
          {counts ? null : <span className={classes.quiet}> · {say('devices.policies.signer.not')}</span>}
        </li>
      ))}
    </ul>
  )
}

function SnapshotWords({ snapshot }: Pick<Published, 'snapshot'>): ReactNode {
  const { language, say } = useWords()
  const words = (): string => {
    if (!('signers' in snapshot)) return say(`devices.snapshot.${snapshot.state}`)
    const { version, policyVersion: policy, expiresAt } = snapshot
    return say(`devices.snapshot.${snapshot.state}`, {
      version,
      policy,
      until: dayAndTime(language, expiresAt)
    })
  }
  const isGood = snapshot.state === 'good' || snapshot.state === 'not-asked'
  return (
    <section className={lists.part} data-testid="snapshot" data-state={snapshot.state}>
      <h3 className={lists.partTitle}>{say('devices.snapshot')}</h3>
      <StateMark state={isGood ? 'all-well' : 'act-now'} word={words()} />
      {'signers' in snapshot ? <Signers signers={snapshot.signers} /> : null}
    </section>
  )
}

function RootWords({ root }: Pick<Published, 'root'>): ReactNode {
  const { language, say } = useWords()
  const until = (at: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))
  return (
    <section className={lists.part} data-testid="root">
      <h3 className={lists.partTitle}>{say('devices.root')}</h3>
      {root === null ? (
        <StateMark state="act-now" word={say('devices.root.none')} />
      ) : (
        <>
          <p className={lists.quiet}>
            {root.expiresAt === null
              ? say('devices.root.single')
              : say('devices.root.version', { version: root.version, until: until(root.expiresAt) })}
          </p>
          <p className={lists.quiet}>{say('devices.root.threshold', { count: root.threshold })}</p>
          <KeyIds keyIds={root.keyIds} />
        </>
      )}
    </section>
  )
}
