import { app, powerMonitor } from 'electron'
import type { Step } from '../sequence'

/** Whatever makes all that was known stale: sleep, the system's lock, another user, a graphics process that died. */
export const machineEvents = (unsettled: (why: string) => void): Step<() => void> => ({
  name: 'machine events',
  perform: () => {
    const listeners = (['suspend', 'resume', 'lock-screen', 'unlock-screen'] as const).map((name) => {
      const listener = (): void => {
        unsettled(name)
      }
      // Electron types each event of its monitor apart; these four have no argument.
      powerMonitor.on(name as 'suspend', listener)
      return () => powerMonitor.off(name as 'suspend', listener)
    })
    const gone = (_event: unknown, details: Electron.Details): void => {
      if (details.type === 'GPU') unsettled(`graphics process: ${details.reason}`)
    }
    app.on('child-process-gone', gone)
    return () => {
      for (const off of listeners) off()
      app.off('child-process-gone', gone)
    }
  },
  revert: (off) => off?.()
})
