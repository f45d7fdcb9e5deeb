import type { Tile } from '../../contract/wire/v1/console'
import type { BoardState } from '../stream/board-state'

/** Tiles that are drawn again in one frame at most; three hundred that change at once are all drawn within seventy-five. */
export const PER_FRAME = 4

/** What stands on each tile, brought up to date a few per frame, so that a floor that changes all at once stalls nobody. */
export interface PacedTiles {
  readonly get: (workstation: string) => Tile | undefined
  readonly subscribe: (workstation: string, listener: () => void) => () => void
  /** The board as it is now. */
  readonly take: (tiles: BoardState['tiles']) => void
  readonly stop: () => void
}

/** Calls back before the next picture is drawn; what it returns calls that off. */
export type NextFrame = (run: () => void) => () => void

export function createTilePacer(nextFrame: NextFrame): PacedTiles {
  let newest: BoardState['tiles'] = new Map()
  /** What is drawn; a tile that was never drawn has nothing to wait for. */
  const shown = new Map<string, Tile>()
  const listeners = new Map<string, Set<() => void>>()
  // A set keeps its order: who waits longest comes first, and a change on the way takes no new place.
  const waiting = new Set<string>()
  let callOff: (() => void) | null = null

  const frame = (): void => {
    callOff = null
    let left = PER_FRAME
    for (const id of waiting) {
      if (left === 0) break
      left -= 1
      waiting.delete(id)
      const row = newest.get(id)
      if (row === undefined) shown.delete(id)
      else shown.set(id, row.value)
      listeners.get(id)?.forEach((listener) => listener())
    }
    if (waiting.size > 0) callOff = nextFrame(frame)
  }

  return {
    get: (id) => {
      const known = shown.get(id)
      if (known !== undefined) return known
      const first = newest.get(id)?.value
      if (first !== undefined) shown.set(id, first)
      return first
    },
    subscribe: (id, listener) => {
      const own = listeners.get(id) ?? new Set()
      listeners.set(id, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(id)
      }
    },
    take: (tiles) => {
      if (tiles === newest) return
      newest = tiles
      for (const id of shown.keys()) if (tiles.get(id)?.value !== shown.get(id)) waiting.add(id)
      if (waiting.size > 0) callOff ??= nextFrame(frame)
    },
    stop: () => {
      callOff?.()
      callOff = null
    }
  }
}
