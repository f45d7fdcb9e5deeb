import { failureOf, type Failure } from '../hub/failure'
import type { HubClient } from '../hub/hub-client'
import { backOffMs } from './back-off'
import { applyMessages, loadBoard, type Numbered } from './board-state'
import type { BoardStore } from './board-store'
import { readEvents, type Received } from './event-reader'

export interface Surroundings {
  /** Wall clock, milliseconds. */
  readonly now: () => number
  /** 0 to 1. */
  readonly chance: () => number
  /** Resolves after `ms`, or at once when there is reason to try again (the network came back). */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** After so much silence on the stream the line counts as dead, milliseconds. */
  readonly silenceMs: number
  /** Told the hub's own time with each beat, ISO 8601. */
  readonly onBeat: (at: string) => void
}

/**
 * Keeps `store` in step with the hub until `signal` aborts or the session ends: loads the board, follows the stream,
 * and after a break resumes behind the last message that was applied. Nothing is lost and nothing counts twice,
 * because the hub sends every row after the cursor and a row is only replaced by a newer one.
 */
export async function followBoard(
  hub: HubClient,
  store: BoardStore,
  around: Surroundings,
  signal: AbortSignal
): Promise<void> {
  let tries = 0
  let mustLoad = true

  /** Applies a batch in one step, so that the page draws once. False when the hub asks to load the board again. */
  const apply = (batch: readonly Received[]): boolean => {
    const { board, line } = store.snapshot()
    let keep = true
    const messages: Numbered[] = []
    for (const { id, message } of batch) {
      if (message.kind === 'beat') around.onBeat(message.at)
      if (message.kind === 'reload') keep = false
      // What has no number is a beat: it moves nothing on.
      else messages.push({ id: id ?? board.cursor, message })
    }
    const next = applyMessages(board, messages)
    // The same line stays the same object: who shows it need not draw again.
    if (line.state !== 'live') store.set({ board: next, line: { state: 'live' } })
    else if (next !== board) store.set({ board: next })
    return keep
  }

  /** One connection, from its opening to its end. */
  const connect = async (): Promise<'ended' | 'reload'> => {
    if (mustLoad) {
      const fresh = await hub.board(signal)
      store.set({ board: loadBoard(store.snapshot().board, fresh), loaded: true })
      mustLoad = false
    }
    const broken = new AbortController()
    const body = await hub.stream(
      String(store.snapshot().board.cursor),
      AbortSignal.any([signal, broken.signal])
    )
    store.set({ line: { state: 'live' } })
    try {
      for await (const batch of readEvents(body, around.silenceMs)) {
        tries = 0
        if (!apply(batch)) return 'reload'
      }
      return 'ended'
    } finally {
      broken.abort()
    }
  }

  const lose = (failure: Failure): void => {
    const { line } = store.snapshot()
    const since = line.state === 'lost' ? line.since : around.now()
    store.set({ line: { state: 'lost', since, failure } })
  }

  const stopped = (): boolean => signal.aborted
  while (!stopped()) {
    try {
      const how = await connect()
      if (stopped()) return
      if (how === 'reload') mustLoad = true
      else lose({ kind: 'unreachable' })
    } catch (thrown) {
      if (stopped()) return
      const failure = failureOf(thrown)
      if (failure.kind === 'signed-out') {
        store.set({ line: { state: 'signed-out' } })
        return
      }
      // A message that we cannot read may hide an alert: only a fresh board is known to be whole.
      if (failure.kind === 'not-understood') mustLoad = true
      lose(failure)
    }
    await around.pause(backOffMs(tries, around.chance()), signal)
    tries += 1
  }
}
