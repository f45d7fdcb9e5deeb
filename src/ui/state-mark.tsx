import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconEyeOff,
  IconHandStop,
  type Icon
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from './language'
import classes from './state-mark.module.css'
import type { StateName } from './states'

const icons: Readonly<Record<StateName, Icon>> = {
  'all-well': IconCircleCheckFilled,
  attention: IconAlertTriangleFilled,
  hidden: IconEyeOff,
  'act-now': IconHandStop,
  off: IconCircleDashed
}

interface Props {
  readonly state: StateName
  /** The word beside the icon; the state's own name when absent. */
  readonly word?: string
  /** `chip` stands on its fill, `plain` is icon and word in the state's colour. */
  readonly look?: 'chip' | 'plain'
}

/** A state as icon and word, so that it never rests on colour alone. */
export function StateMark({ state, word, look = 'plain' }: Props): ReactNode {
  const { say } = useWords()
  const Sign = icons[state]
  return (
    <span className={classes.mark} data-state={state} data-look={look}>
      <Sign className={classes.sign} size={16} stroke={2} aria-hidden />
      <span>{word ?? say(`state.${state}`)}</span>
    </span>
  )
}
