import type { ReactNode } from 'react'
import type { DeviceRow, Problem } from '../../contract/wire/v1/device-admin'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { StateMark } from '../../ui/state-mark'
import classes from './devices.module.css'

/** So many are named; the others are behind a line that opens. */
const NAMED = 3

/** What does not pass at one computer, the worst first. */
export function Problems({ problems }: Pick<DeviceRow, 'problems'>): ReactNode {
  const { say } = useWords()
  if (problems === null) return <StateMark state="off" word={say('devices.problems.unknown')} />
  if (problems.length === 0) return <StateMark state="all-well" word={say('devices.problems.none')} />
  const rest = problems.slice(NAMED)
  return (
    <>
      <List problems={problems.slice(0, NAMED)} />
      {rest.length === 0 ? null : (
        <details>
          <summary>{say('devices.problems.more', { count: rest.length })}</summary>
          <List problems={rest} />
        </details>
      )}
    </>
  )
}

function List({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const { language, say } = useWords()
  return (
    <ul className={classes.problems}>
      {problems.map(({ check, state, enforcement }) => (
        <li key={check} data-check={check} data-state={state}>
          {checkTitle(language, check)}: {say(`check.state.${state}`)}
          {enforcement === 'report' ? (
            <span className={classes.quiet}> · {say('devices.problems.reported')}</span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
