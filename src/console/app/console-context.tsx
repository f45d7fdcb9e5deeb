import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Me } from '../../contract/wire/v1/console'
import type { Right } from '../../core/access/right'
import type { HubClient } from '../hub/hub-client'
import type { BoardSnapshot, BoardStore } from '../stream/board-store'
import type { SeenReporter } from '../stream/seen-reporter'

/** What one signed-in console works with. */
export interface ConsoleParts {
  readonly hub: HubClient
  readonly store: BoardStore
  readonly seen: SeenReporter
  readonly me: Me
  /** Whether this person's role includes a right. The hub asks again. */
  readonly may: (right: Right) => boolean
  /** The hub said that the session is over. */
  readonly onEnded: () => void
  /** Whether single keys act; people who speak to their computer turn them off. */
  readonly keys: boolean
}

export const ConsoleContext = createContext<ConsoleParts | null>(null)

export function useConsole(): ConsoleParts {
  const parts = useContext(ConsoleContext)
  if (!parts) throw new Error('useConsole is called outside of a signed-in console')
  return parts
}

/** A part of the newest board; the component draws again when that part is another one, and not with every change. */
export function useBoardPart<T>(select: (snapshot: BoardSnapshot) => T): T {
  const { store } = useConsole()
  return useSyncExternalStore(store.subscribe, () => select(store.snapshot()))
}
