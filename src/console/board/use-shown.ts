import { useEffect } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { useConsole } from '../app/console-context'

/** Tells the hub that somebody could see this alert: it is drawn, and the page is in front. */
export function useShown(alert: AlertView): void {
  const { seen } = useConsole()
  const { id } = alert
  const delivered = alert.timeline.some(({ what }) => what === 'delivered')
  useEffect(() => {
    if (delivered) return undefined
    const tell = (): void => {
      if (document.visibilityState === 'visible') seen.shown(id)
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [seen, id, delivered])
}
