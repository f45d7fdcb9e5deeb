import { BrowserWindow, screen, type Display } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import { hasDevTools } from '../hardening/application'
import { lockedPreferences } from '../hardening/contents'
import { keepLoaded } from './keep-loaded'
import { pageOf } from './page'
import { covering, isElsewhere, movesWindows } from './shape'
import type { OwnWindowOptions } from './shell'

/** How often a shown blank takes the top again, milliseconds. */
const TOP_MS = 100

/**
 * One black window per display, made and loaded at start, so that covering needs no page, no disk and no network.
 * `displaysChanged` is called after a display appeared, moved or went, when its blank already stands.
 */
export class Blanks {
  readonly #windows = new Map<number, BrowserWindow>()
  readonly #options: OwnWindowOptions
  readonly #displaysChanged: () => void
  #covering = false
  #closed = false
  #top: NodeJS.Timeout | undefined

  constructor(options: OwnWindowOptions, displaysChanged: () => void) {
    this.#options = options
    this.#displaysChanged = displaysChanged
    for (const display of screen.getAllDisplays()) this.#add(display)
    screen.on('display-added', this.#added)
    screen.on('display-removed', this.#removed)
    screen.on('display-metrics-changed', this.#moved)
  }

  /** Covers every display, in this tick. */
  cover(): void {
    this.#covering = true
    for (const window of this.#windows.values()) this.#show(window)
    this.#top ??= setInterval(() => {
      this.#stayOnTop()
    }, TOP_MS)
  }

  /** Resolves when every blank was drawn by the graphics process after this call. */
  async drawn(): Promise<void> {
    const corner = { x: 0, y: 0, width: 1, height: 1 }
    await Promise.all([...this.#windows.values()].map((window) => window.webContents.capturePage(corner)))
  }

  lift(): void {
    this.#covering = false
    clearInterval(this.#top)
    this.#top = undefined
    for (const window of this.#windows.values()) window.hide()
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#top)
    screen.off('display-added', this.#added)
    screen.off('display-removed', this.#removed)
    screen.off('display-metrics-changed', this.#moved)
    for (const window of this.#windows.values()) window.destroy()
    this.#windows.clear()
  }

  readonly #added = (_event: unknown, display: Display): void => {
    this.#add(display)
    this.#displaysChanged()
  }

  readonly #removed = (_event: unknown, display: Display): void => {
    this.#windows.get(display.id)?.destroy()
    this.#windows.delete(display.id)
    this.#displaysChanged()
  }

  readonly #moved = (_event: unknown, display: Display, changed: readonly string[]): void => {
    if (!movesWindows(changed)) return
    this.#windows.get(display.id)?.setBounds(covering(display.bounds))
    this.#displaysChanged()
  }

  /** Above all others, and with the focus: a full-screen window that has it would stand higher than any dock. */
  #stayOnTop(): void {
    const windows = [...this.#windows.values()]
    for (const [id, window] of this.#windows) {
      if (!window.isVisible()) this.#show(window)
      this.#takePlace(id, window)
      // Any program of the display may have sent it to another desktop, of which nothing is told here.
      window.setVisibleOnAllWorkspaces(true)
      window.moveTop()
    }
    if (!windows.some((window) => window.isFocused())) windows[0]?.focus()
  }

  #add(display: Display): void {
    const window = new BrowserWindow({
      ...covering(display.bounds),
      show: false,
      frame: false,
      // A dock keeps its place through "show desktop" and above full-screen windows.
      type: 'dock',
      skipTaskbar: true,
      minimizable: false,
      resizable: false,
      movable: false,
      title: 'Havendesk',
      backgroundColor: '#000000',
      webPreferences: {
        ...lockedPreferences(hasDevTools(FLAVOUR)),
        session: this.#options.session,
        preload: this.#options.preload('blank'),
        backgroundThrottling: false
      }
    })
    this.#options.registry.add('blank', window.webContents)
    window.setAlwaysOnTop(true, 'screen-saver')
    window.on('close', (event) => {
      if (!this.#closed) event.preventDefault()
    })
    // Somebody else moved it: on X11 any program may ask for that.
    const back = (): void => {
      if (this.#covering && !this.#closed) this.#takePlace(display.id, window)
    }
    window.on('move', back)
    window.on('resize', back)
    window.on('minimize', () => {
      if (this.#covering) window.restore()
    })
    this.#windows.set(display.id, window)
    if (this.#covering) this.#show(window)
    keepLoaded(window, pageOf('blank'), () => this.#closed)
  }

  /** Back over its display, unless it is there but for the pixel that X11 takes. */
  #takePlace(id: number, window: BrowserWindow): void {
    const display = screen.getAllDisplays().find((one) => one.id === id)
    if (display === undefined) return
    const place = covering(display.bounds)
    if (!isElsewhere(window.getBounds(), place)) return
    window.setBounds(place)
  }

  #show(window: BrowserWindow): void {
    window.show()
    // Before the window is shown this would be lost.
    window.setVisibleOnAllWorkspaces(true)
    window.moveTop()
  }
}
