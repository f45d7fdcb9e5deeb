import { Loader } from '@mantine/core'
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PreflightStep } from '../../contract/ipc/schema'
import { useWords } from '../../ui/language'
import classes from './preflight-list.module.css'
import { remedyOf, type Remedy } from './remedy'
import { RemedyNote } from './remedy-note'

/** What must be true before the desk opens, ticking itself off. */
export function PreflightList({ steps }: { readonly steps: readonly PreflightStep[] }): ReactNode {
  return (
    <ol className={classes.list}>
      {steps.map((step) => (
        <Step key={step.id} step={step} />
      ))}
    </ol>
  )
}

function Step({ step }: { readonly step: PreflightStep }): ReactNode {
  const { say } = useWords()
  const found = step.state === 'failed' ? remedyOf(say, step.remedy) : null
  // What mends a check has no heading of its own: the step has one.
  const remedy: Remedy | null =
    found !== null && step.id === 'checks' ? { ...found, title: say('rule.device-unfit.seen') } : found
  return (
    <li className={classes.step} data-state={step.state} data-step={step.id}>
      <span className={classes.sign} aria-hidden>
        {signOf(step.state)}
      </span>
      <span className={classes.name}>{say(`preflight.${step.id}`)}</span>
      <span className={classes.word}>{say(`preflight.state.${step.state}`)}</span>
      {step.state === 'failed' && (
        <div className={classes.remedy}>
          <RemedyNote remedy={remedy} detail={step.detail} />
        </div>
      )}
    </li>
  )
}

function signOf(state: PreflightStep['state']): ReactNode {
  switch (state) {
    case 'done':
      return <IconCircleCheckFilled size={20} />
    case 'failed':
      return <IconAlertTriangleFilled size={20} />
    case 'working':
      return <Loader size={16} color="currentColor" />
    case 'waiting':
      return <IconCircleDashed size={20} />
  }
}
