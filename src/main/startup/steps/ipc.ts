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
      floods: (sender) => {
        options.log.error({ sender }, 'a page that floods main is ended')
        // Whoever shows the page sees it gone, and loads it anew.
        endProcess(webContents.fromId(sender)?.getOSProcessId() ?? 0)
      },
      fault: (call, error) => {
        options.log.error({ call, error }, 'a call failed')
      },
      now: options.now
    }),
  revert: (serving) => serving?.close()
})
