import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { CheckView, ShellState } from '../../../contract/ipc/schema'
import type { CheckState } from '../../../core/check/check'
import { isCheckName, type CheckName } from '../../../core/check/names'
import { groupedChecks, type CheckGroup } from '../../../ui/check-groups'
import { checkTitle } from '../../../ui/check-words'
import { useWords } from '../../../ui/language'
import { Since } from '../../../ui/since'
import { StateMark } from '../../../ui/state-mark'
import type { StateName } from '../../../ui/states'
import type { ShellApi } from '../bridge'
import { AskForm } from '../break-glass/ask-form'
import { Copy } from '../copy'
import { remedyOf } from '../remedy'
import classes from './checks-panel.module.css'
import { StripPanel } from './strip-panel'

const looks: Readonly<Record<CheckState, StateName>> = {
  fail: 'attention',
  error: 'attention',
  stale: 'attention',
  unknown: 'off',
  pass: 'all-well'
}

interface Props {
  readonly api: ShellApi
  readonly state: Pick<ShellState, 'checks' | 'breakGlass'>
  readonly onClose: () => void
}

/** Whether a check may be waived on request, and how it is asked for. */
interface Exceptions {
  /** The policy lets somebody waive it. */
  readonly canBeWaived: (check: CheckView) => boolean
  /** It may be asked for now. */
  readonly may: (check: CheckView) => boolean
  readonly ask: (check: CheckName) => void
}

/** Every check with what it saw, what follows from it and what mends it; what needs the person stands first. */
export function ChecksPanel({ api, state: { checks, breakGlass }, onClose }: Props): ReactNode {
  const { say } = useWords()
  const [asking, setAsking] = useState<CheckName | null>(null)
  const stage = breakGlass?.now.stage
  const isFree = stage === 'none' || stage === 'over'
  const canBeWaived = ({ id }: CheckView): boolean => breakGlass?.waivable.some((one) => one === id) === true
  const exceptions: Exceptions = {
    canBeWaived,
    may: (check) => isFree && check.state !== 'pass' && check.enforcement !== 'report' && canBeWaived(check),
    ask: setAsking
  }
  return (
    <StripPanel name={say('shell.checks')} onClose={onClose}>
      {asking !== null && isFree && (
        <AskForm
          check={asking}
          onAsk={(reason) => {
            api.askException({ check: asking, reason })
            setAsking(null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {checks.length === 0 ? (
        <p className={classes.empty}>{say('shell.checks.empty')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{say('shell.checks.check')}</th>
              <th scope="col">{say('shell.checks.state')}</th>
              <th scope="col">{say('shell.checks.evidence')}</th>
              <th scope="col">{say('shell.checks.age')}</th>
              <th scope="col">{say('shell.checks.fix')}</th>
            </tr>
          </thead>
          {groupedChecks(checks).map(({ group, checks: own }) => (
            <Group key={group} group={group} checks={own} exceptions={exceptions} />
          ))}
        </table>
      )}
    </StripPanel>
  )
}

function Group({
  group,
  checks,
  exceptions
}: {
  readonly group: CheckGroup
  readonly checks: readonly CheckView[]
  readonly exceptions: Exceptions
}): ReactNode {
  const { say } = useWords()
  return (
    <tbody data-group={group}>
      <tr>
        <th scope="rowgroup" colSpan={5} className={classes.group}>
          {say(`shell.checks.group.${group}`, { count: checks.length })}
        </th>
      </tr>
      {checks.map((check) => (
        <Row key={check.id} check={check} exceptions={exceptions} />
      ))}
    </tbody>
  )
}

function Row({
  check,
  exceptions
}: {
  readonly check: CheckView
  readonly exceptions: Exceptions
}): ReactNode {
  const { language, say } = useWords()
  const name = checkTitle(language, check.id)
  return (
    <tr data-check={check.id}>
      <th scope="row">
        {name} <span className={classes.area}>{say(`check.area.${check.area}`)}</span>
      </th>
      <td>
        <StateMark state={looks[check.state]} word={say(`check.state.${check.state}`)} />
      </td>
      <td>
        <span className={classes.evidence}>
          <code>{check.evidence === '' ? say('shell.checks.no-evidence') : check.evidence}</code>
          {check.evidence !== '' && (
            <Copy text={check.evidence} label={say('shell.checks.copy', { check: name })} />
          )}
        </span>
      </td>
      <td className={classes.age}>
        <Seen check={check} />
      </td>
      <td>
        <Fix check={check} canBeWaived={exceptions.canBeWaived(check)} />
        {isCheckName(check.id) && exceptions.may(check) && (
          <Button
            className={classes.ask}
            variant="default"
            size="compact-sm"
            onClick={() => isCheckName(check.id) && exceptions.ask(check.id)}
          >
            {say('glass.ask')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** A check that the probe does not make is main's own, and always of now. */
function Seen({ check: { id, seenAt } }: { readonly check: CheckView }): ReactNode {
  const { say } = useWords()
  if (seenAt !== null) return <Since at={seenAt} show="length" />
  return say(isCheckName(id) ? 'shell.checks.age.never' : 'shell.checks.age.now')
}

/** What mends it, and, where something follows from it, what that is and who may make an exception. */
function Fix({
  check: { remedy, state, enforcement },
  canBeWaived
}: {
  readonly check: CheckView
  readonly canBeWaived: boolean
}): ReactNode {
  const { say } = useWords()
  // A check that passes needs no mending, but may have something to say.
  const text = remedyOf(say, remedy)?.text ?? (state === 'pass' ? null : say('shell.checks.ask-it'))
  return (
    <>
      {text}
      {state !== 'pass' && enforcement !== undefined && (
        <span className={classes.follows}>
          {say(
            canBeWaived && enforcement !== 'report'
              ? `glass.follows.${enforcement}`
              : `check.follows.${enforcement}`
          )}
        </span>
      )}
    </>
  )
}
