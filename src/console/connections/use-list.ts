import { keepPreviousData, useQuery, type QueryKey } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useConsole } from '../app/console-context'
import { failureOf, type Failure } from '../hub/failure'

/** How often a list is asked for again where its page says nothing else, milliseconds. */
const AGAIN_MS = 5000

interface Habits {
  readonly againMs?: number
  /** Whether what another key brought stands until the answer to this one is there. */
  readonly keeps?: boolean
}

export interface List<T> {
  readonly data: T | undefined
  readonly failure: Failure | null
  readonly again: () => void
}

/** A list of the hub's, kept fresh while its page stands. */
export function useList<T>(
  key: QueryKey,
  ask: (signal: AbortSignal) => Promise<T>,
  { againMs = AGAIN_MS, keeps = false }: Habits = {}
): List<T> {
  const { onEnded } = useConsole()
  const { data, error, refetch } = useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => ask(signal),
    refetchInterval: againMs,
    ...(keeps ? { placeholderData: keepPreviousData } : {})
  })
  const failure = error === null ? null : failureOf(error)
  useEffect(() => {
    if (failure?.kind === 'signed-out') onEnded()
  }, [failure?.kind, onEnded])
  return { data, failure, again: () => void refetch() }
}
