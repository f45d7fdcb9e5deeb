import type { Notification } from 'pg'
import type { Store } from '../store/open'
import { WAKE_CHANNEL } from '../store/admin/wake'

/** Devices that hold a line open to be told of what should not wait for their heartbeat. */
export interface Wakes {
  /** Resolves with true when the device is woken, with false after `limitMs` or when the signal aborts. */
  wait(device: string, limitMs: number, signal: AbortSignal): Promise<boolean>
  /** Wakes a device from within this process. */
  wake(device: string): void
  close(): void
}

/** A call that comes while the line is just being held open anew is kept for so long, milliseconds. */
const KEEP_MS = 60_000

/** Listens on the store's own connection. A device has one line at a time: a new one lets go of the one before. */
export async function openWakes(store: Pick<Store, 'line'>): Promise<Wakes> {
  const waiting = new Map<string, (woken: boolean) => void>()
  const missed = new Map<string, NodeJS.Timeout>()
  const forget = (device: string): boolean => {
    clearTimeout(missed.get(device))
    return missed.delete(device)
  }
  const wake = (device: string): void => {
    const end = waiting.get(device)
    if (end !== undefined) {
      end(true)
      return
    }
    forget(device)
    missed.set(
      device,
      setTimeout(() => missed.delete(device), KEEP_MS)
    )
  }
  const onNotice = (notice: Notification): void => {
    if (notice.channel === WAKE_CHANNEL) wake(notice.payload ?? '')
  }
  store.line.on('notification', onNotice)
  await store.line.query(`LISTEN ${WAKE_CHANNEL}`)
  return {
    wake,
    wait: (device, limitMs, signal) =>
      new Promise((resolve) => {
        waiting.get(device)?.(false)
        if (forget(device)) {
          resolve(true)
          return
        }
        const end = (woken: boolean): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', onAbort)
          if (waiting.get(device) === end) waiting.delete(device)
          resolve(woken)
        }
        const onAbort = (): void => end(false)
        const timer = setTimeout(() => end(false), limitMs)
        signal.addEventListener('abort', onAbort)
        waiting.set(device, end)
      }),
    close: () => {
      store.line.off('notification', onNotice)
      for (const device of [...missed.keys()]) forget(device)
      for (const end of [...waiting.values()]) end(false)
    }
  }
}
