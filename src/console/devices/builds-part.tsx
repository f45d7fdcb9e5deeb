import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { buildListSchema, type BuildList } from '../../contract/wire/v1/builds'
import { useWords } from '../../ui/language'
import { StateMark } from '../../ui/state-mark'
import type { StateName } from '../../ui/states'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { ConfirmDialog } from '../connections/confirm-dialog'
import lists from '../connections/connections.module.css'
import { ListPart } from '../connections/list-part'
import { useList } from '../connections/use-list'
import classes from './devices.module.css'

/** How often the list is asked for again, milliseconds. */
const AGAIN_MS = 15_000
const columns = ['label', 'state', 'hash', 'when', 'desks', 'act'] as const

type Build = BuildList['builds'][number]
const marks: Readonly<Record<Build['state'], StateName>> = {
  allowed: 'all-well',
  withdrawn: 'off',
  unlisted: 'attention'
}

/** Which programs may attest: to be read and to be withdrawn. Putting one on the list is not done here. */
export function BuildsPart(): ReactNode {
  const { language, say } = useWords()
  const { hub, me } = useConsole()
  const list = useList<BuildList>(['builds'], (signal) => hub.ask(buildListSchema, 'builds', signal), {
    againMs: AGAIN_MS
  })
  const [withdrawing, setWithdrawing] = useState<Build | null>(null)
  const desks = (build: Build): string => say('devices.count', { count: build.desks })
  const label = (build: Build): string =>
    build.state === 'unlisted' ? say('devices.builds.seen', { version: build.label }) : build.label
  const row = (build: Build): ReactNode => (
    <tr key={build.hash} data-testid="build-row" data-state={build.state}>
      <th scope="row">{label(build)}</th>
      <td>
        <StateMark state={marks[build.state]} word={say(`devices.builds.state.${build.state}`)} />
      </td>
      <td>
        <code className={classes.hash}>{build.hash}</code>
      </td>
      <td>
        <div className={classes.when}>
          {build.allowedAt === null ? null : (
            <div>{say('devices.builds.allowed', { time: dayAndTime(language, build.allowedAt) })}</div>
          )}
          {build.withdrawnAt === null ? null : (
            <div>
              {say('devices.builds.withdrawn', {
                time: dayAndTime(language, build.withdrawnAt),
                by: build.withdrawnBy ?? say('devices.builds.command')
              })}
            </div>
          )}
        </div>
      </td>
      <td>
        {desks(build)}
        {build.refused === 0 ? null : (
          <div className={classes.refused} data-testid="build-refused">
            {say('devices.builds.refused', { count: build.refused })}
          </div>
        )}
      </td>
      <td>
        {build.state === 'allowed' ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`${say('devices.builds.withdraw')}: ${build.label}`}
            onClick={() => setWithdrawing(build)}
          >
            {say('devices.builds.withdraw')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
  return (
    <>
      <div className={lists.part} data-testid="builds-intro">
        <p className={lists.quiet}>{say('devices.builds.intro')}</p>
        <code className={lists.secret}>
          havendesk build allow --org &quot;{me.organisation}&quot; --label LABEL SHA-256
        </code>
        {list.data === undefined ? null : (
          <p className={lists.quiet}>
            {say(list.data.required ? 'devices.builds.required' : 'devices.builds.reported')}
          </p>
        )}
      </div>
      <ListPart
        title={say('devices.builds.title')}
        none={say('devices.builds.none')}
        list={list}
        columns={columns.map((column) => say(`devices.builds.${column}`))}
        rows={({ builds }) => builds.map(row)}
      />
      {withdrawing === null ? null : (
        <ConfirmDialog
          title={say('devices.builds.withdraw')}
          ask={say('devices.builds.withdraw.ask', { label: withdrawing.label, desks: desks(withdrawing) })}
          act={async () => {
            await hub.tell(acceptedSchema, `builds/${encodeURIComponent(withdrawing.hash)}/withdraw`)
            list.again()
          }}
          onClose={() => setWithdrawing(null)}
        />
      )}
    </>
  )
}
