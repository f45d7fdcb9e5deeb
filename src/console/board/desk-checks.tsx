import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DeskChecks as Checks, Tile } from '../../contract/wire/v1/console'
import type { CheckResult } from '../../core/check/check'
import { groupedChecks } from '../../ui/check-groups'
import { checkFix, checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { Part } from '../alert/panel'
import { useConsole } from '../app/console-context'
import { CheckSign } from './check-dots'
import classes from './desk-checks.module.css'

/** How often an open panel asks again, milliseconds: a desk tells its checks with each of its heartbeats. */
const AGAIN_MS = 15_000

/** Every check of one desk's computer, what needs somebody first; asked for while the panel is open. */
export function DeskChecks({ tile }: { readonly tile: Tile }): ReactNode {
  const { say } = useWords()
  const { hub } = useConsole()
  const { data, isError } = useQuery<Checks>({
    // A change on the tile is worth a new look.
    queryKey: ['desk-checks', tile.workstation, tile.since, tile.checks],
    queryFn: ({ signal }) => hub.deskChecks(tile.workstation, signal),
    refetchInterval: AGAIN_MS,
    placeholderData: (before) => (before?.workstation === tile.workstation ? before : undefined)
  })
  const groups = groupedChecks(data?.checks ?? [])
  return (
    <Part title={say('desk.computer')}>
      {isError ? <p className={classes.quiet}>{say('desk.computer.failed')}</p> : null}
      {data !== undefined && groups.length === 0 ? (
        <p className={classes.quiet}>{say('desk.computer.none')}</p>
      ) : null}
      {groups.map(({ group, checks }) => (
        <div key={group} data-group={group}>
          <h3 className={classes.group}>{say(`shell.checks.group.${group}`, { count: checks.length })}</h3>
          <ul className={classes.list}>
            {checks.map((check) => (
              <Check key={check.id} check={check} />
            ))}
          </ul>
        </div>
      ))}
    </Part>
  )
}

function Check({
  check: { id, state, evidence, remedy, enforcement }
}: {
  readonly check: CheckResult
}): ReactNode {
  const { language, say } = useWords()
  const fix = state === 'pass' ? null : checkFix(language, remedy)
  return (
    <li className={classes.check} data-check={id}>
      <CheckSign state={state} />
      <div>
        <span>
          {checkTitle(language, id)}: {say(`check.state.${state}`)}
        </span>
        {enforcement === undefined || state === 'pass' ? null : (
          <span className={classes.quiet}> · {say(`desk.computer.follows.${enforcement}`)}</span>
        )}
        {evidence === '' ? null : <code className={classes.evidence}>{evidence}</code>}
        {fix === null ? null : <p className={classes.fix}>{fix}</p>}
      </div>
    </li>
  )
}
