import { app, Menu, type WebContents } from 'electron'
import type { Flavour } from '../../core/flavour'
import { lockContents, type ContentsLock } from './contents'
import type { PermissionLock } from './permissions'
import { lockSession } from './session'

export interface HardeningOptions extends ContentsLock, PermissionLock {
  readonly flavour: Flavour
  /** A certificate was not valid, and is not accepted. `error` is Chromium's name of what is wrong with it. */
  readonly certificate: (contentsId: number, url: string, error: string, isMainFrame: boolean) => void
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
  app.on('certificate-error', (event, contents, url, error, _certificate, answer, isMainFrame) => {
    event.preventDefault()
    answer(false)
    options.certificate(contents.id, url, error, isMainFrame)
  })
  Menu.setApplicationMenu(null)
}
