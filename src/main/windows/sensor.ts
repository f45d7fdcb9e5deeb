import { BrowserWindow, screen } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import { hasDevTools } from '../hardening/application'
import { lockedPreferences } from '../hardening/contents'
import { endProcess } from './end-process'
import { pageOf } from './page'
import { previewBounds } from './shape'
import type { OwnWindowOptions } from './shell'

export interface SensorWindow {
  /** Ends the renderer however stuck it is, and loads the page anew. */
  restart(): void
  close(): void
}

/** The camera's window: never shown, never throttled. With `preview` it stands in a corner. */
export function openSensor(
  options: OwnWindowOptions & { readonly preview: boolean; readonly gone: (reason: string) => void }
): SensorWindow {
  const bounds = options.preview
    ? previewBounds(screen.getPrimaryDisplay().bounds)
    : { width: 320, height: 240 }
  const window = new BrowserWindow({
    ...bounds,
    show: options.preview,
    frame: false,
    focusable: false,
    skipTaskbar: true,
    resizable: false,
    backgroundColor: '#000000',
    webPreferences: {
      ...lockedPreferences(hasDevTools(FLAVOUR)),
      session: options.session,
      preload: options.preload('sensor'),
      backgroundThrottling: false
    }
  })
  if (options.preview) window.setAlwaysOnTop(true, 'floating')
  options.registry.add('sensor', window.webContents)
  const { webContents } = window
  let closed = false
  /** We ended the renderer ourselves and wait for it to be gone. */
  let ending = false
  const load = (): void => {
    ending = false
    if (closed || window.isDestroyed()) return
    // A page that does not load is a silent sensor: it is started anew like one that died.
    window.loadURL(pageOf('sensor')).catch((error: unknown) => {
      options.gone(error instanceof Error ? error.message : 'not loaded')
    })
  }
  webContents.on('render-process-gone', (_event, details) => {
    if (closed) return
    if (ending) load()
    else options.gone(details.reason)
  })
  webContents.on('unresponsive', () => {
    if (!closed) options.gone('unresponsive')
  })
  load()
  return {
    restart: () => {
      if (closed || window.isDestroyed()) return
      if (webContents.isCrashed()) {
        load()
        return
      }
      ending = true
      endProcess(webContents.getOSProcessId())
      setTimeout(() => {
        if (ending) load()
      }, ENDING_MS)
    },
    close: () => {
      closed = true
      window.destroy()
    }
  }
}

/** A killed renderer is reported gone within this time, milliseconds; after it the page is loaded in any case. */
const ENDING_MS = 1000
