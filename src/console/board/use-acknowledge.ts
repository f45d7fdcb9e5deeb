import { useCallback, useMemo, useState } from 'react'
import { useConsole } from '../app/console-context'
import { failureOf, type Failure } from '../hub/failure'

/** What is under way for one alert. Its effect arrives on the stream. */
export type Acting = { readonly state: 'sending' } | { readonly state: 'failed'; readonly failure: Failure }

export interface Acknowledging {
  readonly of: (alert: string) => Acting | undefined
  readonly acknowledge: (alert: string) => void
}

/** Acknowledges alerts, any number at a time; a second press while one is under way does nothing. */
export function useAcknowledge(): Acknowledging {
  const { hub } = useConsole()
  const [acting, setActing] = useState<ReadonlyMap<string, Acting>>(new Map())
  const acknowledge = useCallback(
    (alert: string) => {
      setActing((known) => new Map(known).set(alert, { state: 'sending' }))
      hub.acknowledge(alert).catch((thrown: unknown) => {
        setActing((known) => new Map(known).set(alert, { state: 'failed', failure: failureOf(thrown) }))
      })
    },
    [hub]
  )
  return useMemo(() => ({ of: (alert) => acting.get(alert), acknowledge }), [acting, acknowledge])
}
