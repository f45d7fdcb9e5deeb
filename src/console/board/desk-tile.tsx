import { memo, type ReactNode } from 'react'
import type { Tile } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { Since } from '../../ui/since'
import { StateMark } from '../../ui/state-mark'
import { CheckDots } from './check-dots'
import classes from './desk-tile.module.css'
import { WorkLine } from './work-line'
import { nameOf, reasonWords, stateOfTile, wordOfTile } from './words'

interface Props {
  readonly tile: Tile
  readonly selected: boolean
  /** One tile of the grid is reached by Tab, the others by the arrow keys. */
  readonly reachable: boolean
  readonly onOpen: (workstation: string) => void
}

/** One desk in two lines, a simulated one in three. It draws again only when its own row changes. */
export const DeskTile = memo(function DeskTile({ tile, selected, reachable, onOpen }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const state = stateOfTile(tile)
  const reasons = reasonWords(words, tile)
  return (
    <button
      type="button"
      className={classes.tile}
      data-testid="tile"
      data-workstation={tile.workstation}
      data-desk={tile.state}
      data-state={state}
      aria-current={selected ? 'true' : undefined}
      tabIndex={reachable ? 0 : -1}
      onClick={() => onOpen(tile.workstation)}
    >
      <span className={classes.line}>
        <span className={classes.name}>{nameOf(tile)}</span>
        <span className={classes.since}>
          <Since at={tile.since} show="short" />
        </span>
      </span>
      <span className={classes.line}>
        <StateMark state={state} word={wordOfTile(words, tile)} />
        <span className={classes.reasons} title={reasons}>
          {reasons}
        </span>
        <CheckDots checks={tile.checks} />
      </span>
      {tile.work === undefined ? null : (
        <WorkLine work={tile.work} isAtWork={tile.state === 'shown' || tile.state === 'hidden'} />
      )}
      {tile.simulated ? <span className={classes.simulated}>{say('desk.simulated')}</span> : null}
    </button>
  )
})
