import { BrowserWindow, screen, type Session, type WebContents } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import { operatingSystem } from '../../device/choose'
import { lockedPreferences } from '../hardening/contents'
import { hasDevTools } from '../hardening/application'
import { pageOf } from './page'
import type { WindowRegistry } from './registry'
import { shellBounds, shellShape } from './shape'

export interface OwnWindowOptions {
  readonly session: Session
  /** Folder of the built preloads. */
  readonly preload: (kind: string) => string
  readonly registry: WindowRegistry<WebContents>
}

/** The advocate's window: covers the first display, cannot be closed but by the program. */
export function openShell(options: OwnWindowOptions, closing: () => boolean): BrowserWindow {
  const window = new BrowserWindow({
    ...shellBounds(FLAVOUR, screen.getPrimaryDisplay().bounds),
    ...shellShape[FLAVOUR],
    show: false,
    title: 'Havendesk',
    backgroundColor: '#0e1416',
    autoHideMenuBar: true,
    webPreferences: {
      ...lockedPreferences(hasDevTools(FLAVOUR)),
      session: options.session,
      preload: options.preload('shell')
    }
  })
  options.registry.add('shell', window.webContents)
  window.on('close', (event) => {
    if (!closing()) event.preventDefault()
  })
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}

/** Shows the shell where it belongs: displays may have changed, or somebody moved it, since it was there. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  if (operatingSystem === 'linux') {
    // From all desktops it comes to the one that is seen.
    window.setVisibleOnAllWorkspaces(true)
    window.setVisibleOnAllWorkspaces(false)
  }
  if (shellShape[FLAVOUR].kiosk === true) window.setKiosk(true)
  else window.setBounds(shellBounds(FLAVOUR, screen.getPrimaryDisplay().bounds))
  window.show()
}

export const shellPage = pageOf('shell')
