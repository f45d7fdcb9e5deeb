import { CloseButton } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import type { CheckResult, CheckState } from '../../../core/check/check'
import { useWords, type Say } from '../../../ui/language'
import { catalogue } from '../../../ui/messages/catalogue'
import { StateMark } from '../../../ui/state-mark'
import type { StateName } from '../../../ui/states'
import { lengthOfTime } from '../../../ui/time'
import { Copy } from '../copy'
import { remedyOf } from '../remedy'
import classes from './checks-panel.module.css'

const order: readonly CheckState[] = ['fail', 'error', 'stale', 'unknown', 'pass']

const looks: Readonly<Record<CheckState, StateName>> = {
  fail: 'attention',
  error: 'attention',
  stale: 'attention',
  unknown: 'off',
  pass: 'all-well'
}

interface Props {
  readonly checks: readonly CheckResult[]
  readonly onClose: () => void
}

/** Every check with its evidence, what does not pass first. */
export function ChecksPanel({ checks, onClose }: Props): ReactNode {
  const { say } = useWords()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  const sorted = checks.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return (
    <section ref={panel} className={classes.panel} tabIndex={-1} aria-label={say('shell.checks')}>
      <CloseButton className={classes.close} aria-label={say('common.close')} onClick={onClose} />
      {sorted.length === 0 ? (
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
          <tbody>
            {sorted.map((check) => (
              <Row key={check.id} check={check} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ check }: { readonly check: CheckResult }): ReactNode {
  const { language, say } = useWords()
  const name = checkName(say, check.id)
  return (
    <tr>
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
      <td className={classes.age}>{ageText(say, lengthOfTime(language, check.ageMs), check.ageMs)}</td>
      {/* A check that passes needs no mending, but may have something to say. */}
      <td>
        {remedyOf(say, check.remedy)?.text ?? (check.state === 'pass' ? null : say('shell.checks.ask-it'))}
      </td>
    </tr>
  )
}

/** `just now` already says when; every longer time is so long ago. */
const ageText = (say: Say, length: string, ms: number): string =>
  ms < 10_000 ? length : say('shell.checks.age.ago', { length })

type CheckKey = Extract<keyof typeof catalogue, `shell.check.${string}`>
const isCheckKey = (key: string): key is CheckKey => key in catalogue

/** The check's name, or its id for one that this build has no words for. */
function checkName(say: Say, id: string): string {
  const key = `shell.check.${id}`
  return isCheckKey(key) ? say(key) : id
}
