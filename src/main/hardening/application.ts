import { app, Menu, type WebContents } from 'electron'
import type { Flavour } from '../../core/flavour'
import { lockContents, type ContentsLock } from './contents'
import type { PermissionLock } from './permissions'
import { lockSession } from './session'

export interface HardeningOptions extends ContentsLock, PermissionLock {
  readonly flavour: Flavour
}

/** Developer tools exist in the test flavour alone. */
export const hasDevTools = (flavour: Flavour): boolean => flavour === 'test'

/** Locks every session and every webContents from their first moment. Must run before `ready`. */
export function hardenApplication(options: HardeningOptions): void {
  app.on('session-created', (session) => {
    lockSession(session, options)
  })
  app.on('web-contents-created', (_event, contents: WebContents) => {
    lockContents(contents, options)
    if (!hasDevTools(options.flavour)) {
      contents.on('devtools-opened', () => {
        contents.closeDevTools()
      })
    }
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  Menu.setApplicationMenu(null)
}
