import { startTransition, useEffect, useState } from 'react'
import type { BoardState } from '../stream/board-state'
import type { BoardStore } from '../stream/board-store'
import { createTilePacer, type PacedTiles } from './tile-pacer'

/** How often counts, groups and the filter look at the whole floor, milliseconds. */
const SLOW_MS = 250

interface Paced {
  readonly paced: PacedTiles
  /** All tiles, a quarter of a second old at most: for what looks at the whole floor. */
  readonly slow: BoardState['tiles']
}

/** The board's tiles at a pace that one can look at, whatever the pace that they come at. */
export function usePacedTiles(store: BoardStore): Paced {
  const [paced] = useState(() => {
    const made = createTilePacer((run) => {
      const frame = requestAnimationFrame(run)
      return () => cancelAnimationFrame(frame)
    })
    made.take(store.snapshot().board.tiles)
    return made
  })
  const [slow, setSlow] = useState(() => store.snapshot().board.tiles)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = (): void => {
      const { tiles } = store.snapshot().board
      paced.take(tiles)
      // What looks at the whole floor is drawn in slices, between which the page answers.
      startTransition(() => setSlow(tiles))
    }
    const onChange = (): void => {
      paced.take(store.snapshot().board.tiles)
      timer ??= setTimeout(() => {
        timer = null
        look()
      }, SLOW_MS)
    }
    look()
    const unsubscribe = store.subscribe(onChange)
    return () => {
      unsubscribe()
      if (timer !== null) clearTimeout(timer)
      paced.stop()
    }
  }, [store, paced])
  return { paced, slow }
}
