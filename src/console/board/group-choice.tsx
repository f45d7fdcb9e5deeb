import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './group-choice.module.css'
import { groups, type Group } from './select'

interface Props {
  readonly group: Group
  readonly counts: Readonly<Record<Group, number>>
  readonly onChoose: (group: Group) => void
}

/** The board in numbers; each number narrows the desks down to itself. */
export function GroupChoice({ group, counts, onChoose }: Props): ReactNode {
  const { say } = useWords()
  return (
    <div role="group" aria-label={say('board.groups')} className={classes.groups}>
      {groups.map((one) => (
        <button
          key={one}
          type="button"
          className={classes.group}
          aria-pressed={one === group}
          onClick={() => onChoose(one === group ? 'all' : one)}
        >
          {say(`board.group.${one}`)} <span className={classes.count}>{counts[one]}</span>
        </button>
      ))}
    </div>
  )
}
