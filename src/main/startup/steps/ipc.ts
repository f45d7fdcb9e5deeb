import { ipcMain, webContents, type WebContents } from 'electron'
import { serve, type AllHandlers, type AllNotifiers } from '../../ipc/serve'
import type { RefusalReason } from '../../ipc/sender'
import { endProcess } from '../../windows/end-process'
import type { WindowRegistry } from '../../windows/registry'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

interface Serving {
  readonly notify: AllNotifiers
  readonly close: () => void
}

/** Listens before the first window is made: no page speaks to a deaf main. */
export const ipc = (options: {
  readonly registry: WindowRegistry<WebContents>
  readonly handlers: AllHandlers
  readonly refused: (call: string, reason: RefusalReason) => void
  /** A page was ended because it floods main. */
  readonly flooded: (window: string) => void
  readonly log: Logger
  readonly now: () => number
}): Step<Serving> => ({
  name: 'ipc',
  perform: () =>
    serve({
      ipc: ipcMain,
      registry: options.registry,
      handlers: options.handlers,
      refused: options.refused,
      floods: (sender, kind) => {
        options.flooded(kind ?? 'unknown window')
        const contents = webContents.fromId(sender)
        try {
          // Whoever shows the page sees it gone, and loads it anew.
          endProcess(contents?.getOSProcessId() ?? 0)
          options.log.error({ sender, kind }, 'a page that floods main was ended')
        } catch (error) {
          options.log.error({ sender, kind, error }, 'a page that floods main could not be ended')
          contents?.forcefullyCrashRenderer()
        }
      },
      fault: (call, error) => {
        options.log.error({ call, error }, 'a call failed')
      },
      now: options.now
    }),
  revert: (serving) => serving?.close()
})
