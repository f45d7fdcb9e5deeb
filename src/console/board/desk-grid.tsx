import { memo, useCallback, useDeferredValue, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { CloseButton, Kbd, TextInput } from '@mantine/core'
import type { Tile } from '../../contract/wire/v1/console'
import { useWords, type Words } from '../../ui/language'
import { PacedTile } from './paced-tile'
import type { PacedTiles } from './tile-pacer'
import { GroupChoice } from './group-choice'
import classes from './desk-grid.module.css'
import { countGroups, groupOf, matches, type Group } from './select'
import { useRoving } from './use-roving'
import { nameOf, reasonWords, wordOfTile } from './words'

interface Props {
  /** Which desks there are, in their order; what stands on each comes from `paced`. */
  readonly tiles: readonly Tile[]
  readonly paced: PacedTiles
  readonly selected: string | null
  readonly onOpen: (workstation: string) => void
  readonly filterRef: RefObject<HTMLInputElement | null>
}

const textOf = (words: Words, tile: Tile): string =>
  [
    nameOf(tile),
    tile.label,
    words.say(`desk.state.${tile.state}`),
    wordOfTile(words, tile),
    reasonWords(words, tile),
    tile.work?.call == null ? '' : words.say(`work.call.${tile.work.call.state}`)
  ].join(' ')

/** All desks of the team, each on its own place; typing and groups narrow them down. */
export const DeskGrid = memo(function DeskGrid(props: Props): ReactNode {
  const { tiles, paced, selected, onOpen, filterRef } = props
  const words = useWords()
  const { say } = words
  const [typed, setTyped] = useState('')
  const [group, setGroup] = useState<Group>('all')
  const query = useDeferredValue(typed.trim())
  const counts = useMemo(() => countGroups(tiles), [tiles])
  const shown = useMemo(
    () =>
      tiles.filter(
        (tile) =>
          (group === 'all' || groupOf(tile) === group) &&
          (query === '' || matches(textOf(words, tile), query))
      ),
    [tiles, group, query, words]
  )
  const lines = useMemo(
    () =>
      2 +
      Number(tiles.some(({ work }) => work !== undefined)) +
      Number(tiles.some(({ simulated }) => simulated)),
    [tiles]
  )
  const roving = useRoving(shown.length)
  const clear = useCallback(() => {
    setTyped('')
    setGroup('all')
    filterRef.current?.focus()
  }, [filterRef])

  return (
    <section aria-labelledby="desks" className={classes.section}>
      <div className={classes.head}>
        <h2 id="desks" tabIndex={-1} className={classes.title}>
          {say('board.desks')}
        </h2>
        <GroupChoice group={group} counts={counts} onChoose={setGroup} />
        <span className={classes.count} role="status">
          {shown.length === tiles.length
            ? null
            : say('board.filter.shown', { shown: shown.length, count: tiles.length })}
        </span>
        <TextInput
          ref={filterRef}
          className={classes.filter}
          aria-label={say('board.filter')}
          placeholder={say('board.filter.hint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === '') return
            event.preventDefault()
            setTyped('')
          }}
          rightSection={
            typed === '' ? (
              <Kbd className={classes.key} aria-hidden>
                /
              </Kbd>
            ) : (
              <CloseButton size="sm" aria-label={say('board.filter.clear')} onClick={clear} />
            )
          }
        />
      </div>
      {shown.length === 0 ? (
        <NothingShown query={query} any={tiles.length > 0} onClear={clear} />
      ) : (
        <ul className={classes.grid} data-lines={lines} onKeyDown={roving.onKeyDown}>
          {shown.map((tile, index) => (
            <li key={tile.workstation} className={classes.cell}>
              <PacedTile
                paced={paced}
                id={tile.workstation}
                selected={tile.workstation === selected}
                reachable={index === roving.reachable}
                onOpen={onOpen}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
})

interface NothingProps {
  readonly query: string
  readonly any: boolean
  readonly onClear: () => void
}

function NothingShown({ query, any, onClear }: NothingProps): ReactNode {
  const { say } = useWords()
  if (!any) {
    return (
      <div className={classes.empty}>
        <strong>{say('board.desks.none')}</strong>
        <span>{say('board.desks.noneHint')}</span>
      </div>
    )
  }
  return (
    <div className={classes.empty}>
      <strong>{query === '' ? say('board.filter.noneInGroup') : say('board.filter.none', { query })}</strong>
      <button type="button" className={classes.clear} onClick={onClear}>
        {say('board.filter.clear')}
      </button>
    </div>
  )
}
