import { BrowserWindow, screen, type WebContents } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import { hasDevTools } from '../hardening/application'
import { lockedPreferences } from '../hardening/contents'
import { pageOf } from './page'
import { previewBounds } from './shape'
import type { OwnWindowOptions } from './shell'

export interface SensorWindow {
  readonly contents: WebContents
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
  webContents.on('render-process-gone', (_event, details) => {
    if (!closed) options.gone(details.reason)
  })
  webContents.on('unresponsive', () => {
    if (!closed) options.gone('unresponsive')
  })
  const load = (): void => {
    if (closed || window.isDestroyed()) return
    // A page that does not load is a silent sensor: the watchdog counts the silence and comes back here.
    void window.loadURL(pageOf('sensor')).catch((error: unknown) => {
      options.gone(error instanceof Error ? error.message : 'not loaded')
    })
  }
  load()
  return {
    contents: webContents,
    restart: () => {
      if (window.isDestroyed()) return
      webContents.forcefullyCrashRenderer()
      load()
    },
    close: () => {
      closed = true
      window.destroy()
    }
  }
}
