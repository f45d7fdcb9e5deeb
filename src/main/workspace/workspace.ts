import { WebContentsView, type BrowserWindow, type Session } from 'electron'
import { FLAVOUR } from '../../core/flavour'
import type { ProxyPorts } from '../../contract/helper/proxy'
import type { SiteDenial, SiteFailure } from '../../contract/ipc/schema'
import { pageRulesOf, type PageRules } from '../../core/policy/desktop'
import type { Application } from '../../core/policy/policy'
import { hasDevTools } from '../hardening/application'
import { lockedPreferences } from '../hardening/contents'
import type { Desk } from '../session/desk'
import { watermarkOf } from '../session/watermark'
import { authorityOf, originOf, staysOn } from './addresses'
import { hostOf } from './denials'
import { emptyPartition } from './empty-partition'
import { holdPages } from './held-page'
import { openPartition } from './partition'
import { keepWatermark } from './watermark'
import { whyNotOpened } from './site-failure'

interface OpenView {
  readonly application: Application
  readonly view: WebContentsView
  readonly partition: Session
  /** It has the way out of the softphone, and may have the microphone. */
  readonly isSoftphone: boolean
  /** What its pages may; what it was opened with holds for as long as it lives. */
  readonly rules: PageRules
  /** Why its page is not there; null while it is, or is on its way. */
  failure: SiteFailure | null
}

export interface WorkspaceOptions {
  readonly shell: BrowserWindow
  /** The policy in force says which applications may be open now, which one has the microphone, and what their pages may. */
  readonly desk: Pick<Desk, 'state' | 'facts'>
  /** A page was denied something. `host` has no path and no query; `detail` is a label of ours. */
  readonly denied: (why: SiteDenial['why'], host: string, detail: string) => void
  readonly fault: (error: unknown) => void
  /** A closed view's partition could not be emptied. */
  readonly left: (error: unknown) => void
  /** The application in front changed, or whether it is open. */
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
  #ports: ProxyPorts | null = null
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

  /** Why the application in front is not open; null while it is open or opening. */
  get failure(): SiteFailure | null {
    return (this.#front === null ? undefined : this.#views.get(this.#front.id))?.failure ?? null
  }

  /** True when a contents is a view of ours. */
  has(contentsId: number): boolean {
    return this.#viewOf(contentsId) !== undefined
  }

  /** True when a view's contents may go to the URL by itself. */
  mayGo(contentsId: number, url: string): boolean {
    const own = this.#viewOf(contentsId)
    return own !== undefined && staysOn(own.application, url)
  }

  /** The origin that may have the microphone in a contents; null for all but the softphone's tab. */
  microphoneOf(contentsId: number): string | null {
    const own = this.#viewOf(contentsId)
    if (own === undefined || !own.isSoftphone || !this.#isSoftphone(own.application)) return null
    return originOf(own.application)
  }

  /**
   * A policy came into force: a tab that is not by it any more is ended. The one in front is opened anew, if it is still
   * listed, and goes where the new policy lets it.
   */
  settle(): void {
    const front = this.#front
    this.#front = front === null ? null : this.#listed(front.id)
    const ended = [...this.#views.values()].filter((open) => !this.#isByPolicy(open))
    for (const open of ended) {
      this.#views.delete(open.application.id)
      this.#end(open)
    }
    if (this.#front !== null && ended.some(({ application }) => application.id === front?.id))
      this.open(this.#front)
    else if (this.#front !== front) this.#options.changed()
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
    const open = this.#views.get(application.id)
    if (open === undefined) void this.#load(application).catch(this.#options.fault)
    // Asked for again, what did not open is tried again.
    else if (open.failure !== null) this.#go(open)
  }

  /** The proxy listens on `ports`, or died (`null`): then every view ends, and the front one comes back with the proxy. */
  proxy(ports: ProxyPorts | null): void {
    this.#ports = ports
    const front = this.#front
    this.#closeViews()
    if (front !== null && ports !== null) this.open(front)
  }

  /** The session is over: nothing of it stays. */
  close(): void {
    this.hide()
    this.#front = null
    this.#closeViews()
    this.#options.changed()
  }

  async #load(application: Application): Promise<void> {
    if (this.#ports === null) return
    const isSoftphone = this.#isSoftphone(application)
    const rules = pageRulesOf(this.#options.desk.facts.policy)
    const port = isSoftphone ? this.#ports.softphone : this.#ports.tabs
    const generation = this.#generation
    const { denied } = this.#options
    const partition = await openPartition(application, port, {
      refused: (host) => denied('part', host, 'not on the list'),
      download: (host) => denied('download', host, 'download')
    })
    const view = new WebContentsView({
      webPreferences: { ...lockedPreferences(hasDevTools(FLAVOUR)), session: partition }
    })
    view.setVisible(false)
    view.setBackgroundColor('#ffffff')
    const open: OpenView = { application, view, partition, isSoftphone, rules, failure: null }
    try {
      await this.#hold(open)
    } catch (error) {
      this.#close(open)
      throw error
    }
    if (generation !== this.#generation || this.#views.has(application.id)) {
      this.#close(open)
      return
    }
    if (!this.#isByPolicy(open)) {
      this.#close(open)
      const now = this.#listed(application.id)
      return now === null ? undefined : this.#load(now)
    }
    this.#views.set(application.id, open)
    keepWatermark(view.webContents, () => watermarkOf(this.#options.desk, new Date()), this.#options.fault)
    this.#options.shell.contentView.addChildView(view)
    view.webContents.on('did-fail-load', (_event, _code, error, _url, isMainFrame) => {
      if (isMainFrame) this.#fails(open, whyNotOpened(error))
    })
    view.webContents.on('did-navigate', () => this.#fails(open, null))
    view.webContents.on('render-process-gone', () => {
      if (generation === this.#generation) setTimeout(() => this.#reload(open), 500)
    })
    this.#layOut()
    this.#showFront()
    this.#go(open)
  }

  /** A page that is not held any more to what it may is ended, and opened anew. */
  #hold(open: OpenView): Promise<void> {
    const { webContents } = open.view
    return holdPages(webContents, open.rules, {
      refused: (what) => {
        const detail = what === 'print' ? 'printing' : 'a file of the computer'
        this.#options.denied(what, hostOf(webContents.getURL()), detail)
      },
      lost: (error) => {
        if (this.#views.get(open.application.id) !== open) return
        this.#options.fault(error)
        this.#views.delete(open.application.id)
        this.#end(open)
        if (this.#front?.id === open.application.id) this.open(this.#front)
      }
    })
  }

  /** Loads the application's first page. Why it does not open is told by the page's own events. */
  #go(open: OpenView): void {
    open.failure = null
    this.#showFront()
    this.#options.changed()
    open.view.webContents.loadURL(open.application.url).catch((error: unknown) => {
      if (open.failure === null) this.#options.fault(error)
    })
  }

  /** A page that did not open is not shown: what stands under it says why. */
  #fails(open: OpenView, why: SiteFailure['why'] | null): void {
    if (this.#views.get(open.application.id) !== open || (why === null) === (open.failure === null)) return
    open.failure = why === null ? null : { host: authorityOf(open.application), why }
    this.#showFront()
    this.#options.changed()
  }

  #listed(id: string): Application | null {
    return this.#options.desk.facts.policy?.workspace.applications.find((one) => one.id === id) ?? null
  }

  #isSoftphone({ id }: Application): boolean {
    return id === this.#options.desk.facts.policy?.workspace.softphone?.application
  }

  /** True while the policy in force would open this very tab. */
  #isByPolicy({ application, isSoftphone, rules }: OpenView): boolean {
    const isListed = JSON.stringify(this.#listed(application.id)) === JSON.stringify(application)
    const now = pageRulesOf(this.#options.desk.facts.policy)
    const isAllowedTheSame = JSON.stringify(rules) === JSON.stringify(now)
    return isListed && isAllowedTheSame && isSoftphone === this.#isSoftphone(application)
  }

  #viewOf(contentsId: number): OpenView | undefined {
    return [...this.#views.values()].find(({ view }) => view.webContents.id === contentsId)
  }

  #reload(open: OpenView): void {
    if (this.#views.get(open.application.id) === open) this.#go(open)
  }

  #closeViews(): void {
    this.#generation += 1
    for (const open of this.#views.values()) this.#end(open)
    this.#views.clear()
  }

  #end(open: OpenView): void {
    this.#options.shell.contentView.removeChildView(open.view)
    this.#close(open)
  }

  #close({ view: { webContents }, partition }: OpenView): void {
    // What lives can write: the page is gone before its partition is emptied.
    webContents.once('destroyed', () => {
      emptyPartition(partition).catch(this.#options.left)
    })
    webContents.close({ waitForBeforeUnload: false })
  }

  #showFront(): void {
    for (const { application, view, failure } of this.#views.values()) {
      view.setVisible(this.#revealed && failure === null && application.id === this.#front?.id)
    }
  }

  readonly #layOut = (): void => {
    const { width, height } = this.#options.shell.getContentBounds()
    const bounds = { x: 0, y: this.#strip, width, height: Math.max(0, height - this.#strip) }
    for (const { view } of this.#views.values()) view.setBounds(bounds)
  }
}
