import type { Failure } from '../hub/failure'
import { emptyBoard, type BoardState } from './board-state'

/** The line to the hub. `since` is this machine's wall clock, milliseconds. */
export type Line =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: number; readonly failure: Failure }
  | { readonly state: 'signed-out' }

export interface BoardSnapshot {
  readonly board: BoardState
  readonly line: Line
  /** False until the first board arrived: an empty board is not yet a board without desks. */
  readonly loaded: boolean
}

/** Holds the newest snapshot; listeners are told synchronously. */
export interface BoardStore {
  readonly snapshot: () => BoardSnapshot
  readonly set: (change: Partial<BoardSnapshot>) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createBoardStore(): BoardStore {
  let current: BoardSnapshot = { board: emptyBoard, line: { state: 'connecting' }, loaded: false }
  const listeners = new Set<() => void>()
  return {
    snapshot: () => current,
    set: (change) => {
      current = { ...current, ...change }
      listeners.forEach((listener) => listener())
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    }
  }
}
