import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useLocation, useRoute } from 'wouter'
import type { AlertView } from '../../contract/wire/v1/console'

export type Selected =
  | { readonly kind: 'none' }
  | { readonly kind: 'alert'; readonly id: string }
  | { readonly kind: 'desk'; readonly id: string }

export interface Selection {
  readonly selected: Selected
  readonly openAlert: (id: string) => void
  readonly openDesk: (id: string) => void
  readonly close: () => void
  /** To the next or the one before among the open alerts; opens the first when none is. */
  readonly step: (by: 1 | -1) => void
}

/**
 * What is open beside the board, kept in the address so that it survives a reload and can be sent to a colleague.
 * Closing gives the focus back to where it was.
 */
export function useSelection(open: readonly AlertView[]): Selection {
  const [, navigate] = useLocation()
  const [onAlert, alertParams] = useRoute('/alerts/:id')
  const [onDesk, deskParams] = useRoute('/desks/:id')
  const id = onAlert ? alertParams.id : onDesk ? deskParams.id : null
  const kind = onAlert ? 'alert' : onDesk ? 'desk' : 'none'
  const lastPlace = useRef(-1)
  const cameFrom = useRef<Element | null>(null)

  const place = kind === 'alert' ? open.findIndex((alert) => alert.id === id) : -1
  useEffect(() => {
    if (place !== -1) lastPlace.current = place
  }, [place])

  const go = useCallback(
    (path: string) => {
      if (!document.activeElement?.closest('[data-testid="panel"]')) cameFrom.current = document.activeElement
      navigate(path)
    },
    [navigate]
  )
  const openAlert = useCallback((alert: string) => go(`/alerts/${alert}`), [go])
  const openDesk = useCallback((workstation: string) => go(`/desks/${workstation}`), [go])
  const close = useCallback(() => {
    if (kind === 'none') return
    navigate('/')
    const back = cameFrom.current
    if (back instanceof HTMLElement && back.isConnected) requestAnimationFrame(() => back.focus())
  }, [kind, navigate])
  const step = useCallback(
    (by: 1 | -1) => {
      if (open.length === 0) return
      // An alert that was just acknowledged is gone from the list: its successor stands at its place.
      const from = place !== -1 ? place : by === 1 ? lastPlace.current - 1 : lastPlace.current
      const target = kind === 'alert' ? from + by : by === 1 ? 0 : open.length - 1
      const next = open[Math.min(open.length - 1, Math.max(0, target))]
      if (next) go(`/alerts/${next.id}`)
    },
    [open, place, kind, go]
  )
  return useMemo(
    () => ({
      selected: id === null || kind === 'none' ? { kind: 'none' } : { kind, id },
      openAlert,
      openDesk,
      close,
      step
    }),
    [id, kind, openAlert, openDesk, close, step]
  )
}
