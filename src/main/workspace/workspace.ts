import { WebContentsView, type BrowserWindow, type Session } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import type { Application } from '../../core/policy/policy'
import { hasDevTools } from '../hardening/application'
import { lockedPreferences } from '../hardening/contents'
import { staysOn } from './addresses'
import { emptyPartition, openPartition } from './partition'

interface OpenView {
  readonly application: Application
  readonly view: WebContentsView
  readonly partition: Session
}

export interface WorkspaceOptions {
  readonly shell: BrowserWindow
  /** A request left the application's origin and was stopped. */
  readonly refusedHost: (host: string) => void
  readonly fault: (error: unknown) => void
  /** The application in front changed. */
  readonly changed: () => void
}

/**
 * The views of allow-listed applications, one each, under the shell's strip. Born invisible; visible only between
 * `reveal` and `hide`. Without a listening proxy there is no view.
 */
export class Workspace {
  readonly #options: WorkspaceOptions
  readonly #views = new Map<string, OpenView>()
  #front: Application | null = null
  #proxyPort: number | null = null
  #revealed = false
  #strip = 64
  /** Rises when everything is closed: an opening that began before must not end after. */
  #generation = 0

  constructor(options: WorkspaceOptions) {
    this.#options = options
    options.shell.on('resize', this.#layOut)
  }

  get front(): string | null {
    return this.#front?.id ?? null
  }

  /** True when a view's contents may go to the URL by itself. */
  mayGo(contentsId: number, url: string): boolean {
    const own = [...this.#views.values()].find(({ view }) => view.webContents.id === contentsId)
    return own !== undefined && staysOn(own.application, url)
  }

  /** Every view invisible, in this tick. */
  hide(): void {
    this.#revealed = false
    for (const { view } of this.#views.values()) view.setVisible(false)
  }

  /** The application in front becomes visible. */
  reveal(): void {
    this.#revealed = true
    this.#showFront()
  }

  set stripHeight(pixels: number) {
    this.#strip = pixels
    this.#layOut()
  }

  /** Brings an application to the front and opens it when needed. */
  open(application: Application): void {
    this.#front = application
    this.#showFront()
    this.#options.changed()
    if (!this.#views.has(application.id)) void this.#load(application).catch(this.#options.fault)
  }

  /** The proxy listens on `port`, or died (`null`): then every view ends, and the front one comes back with the proxy. */
  proxy(port: number | null): void {
    this.#proxyPort = port
    const front = this.#front
    this.#closeViews()
    if (front !== null && port !== null) this.open(front)
  }

  /** The session is over: nothing of it stays. */
  close(): void {
    this.hide()
    this.#front = null
    this.#closeViews()
    this.#options.changed()
  }

  async #load(application: Application): Promise<void> {
    const port = this.#proxyPort
    if (port === null) return
    const generation = this.#generation
    const partition = await openPartition(application, port, this.#options.refusedHost)
    if (generation !== this.#generation || this.#views.has(application.id)) return
    const view = new WebContentsView({
      webPreferences: { ...lockedPreferences(hasDevTools(FLAVOUR)), session: partition }
    })
    view.setVisible(false)
    view.setBackgroundColor('#ffffff')
    this.#views.set(application.id, { application, view, partition })
    this.#options.shell.contentView.addChildView(view)
    view.webContents.on('render-process-gone', () => {
      if (generation === this.#generation) setTimeout(() => this.#reload(application.id, generation), 500)
    })
    this.#layOut()
    this.#showFront()
    await view.webContents.loadURL(application.url)
  }

  #reload(id: string, generation: number): void {
    const open = this.#views.get(id)
    if (open === undefined || generation !== this.#generation) return
    open.view.webContents.loadURL(open.application.url).catch(this.#options.fault)
  }

  #closeViews(): void {
    this.#generation += 1
    for (const { view, partition } of this.#views.values()) {
      this.#options.shell.contentView.removeChildView(view)
      view.webContents.close({ waitForBeforeUnload: false })
      emptyPartition(partition).catch(this.#options.fault)
    }
    this.#views.clear()
  }

  #showFront(): void {
    for (const { application, view } of this.#views.values()) {
      view.setVisible(this.#revealed && application.id === this.#front?.id)
    }
  }

  readonly #layOut = (): void => {
    const { width, height } = this.#options.shell.getContentBounds()
    const bounds = { x: 0, y: this.#strip, width, height: Math.max(0, height - this.#strip) }
    for (const { view } of this.#views.values()) view.setBounds(bounds)
  }
}
