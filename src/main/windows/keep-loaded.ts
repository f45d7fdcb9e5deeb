import { BackOff, type BackOffLimits } from '../helper/back-off'

/** What is used of a window; tests bring their own. */
export interface Loadable {
  isDestroyed(): boolean
  loadURL(page: string): Promise<void>
  readonly webContents: { on(event: 'render-process-gone', listener: () => void): unknown }
}

/** A page that dies again and again, or floods main whenever it is there, comes back more and more seldom. */
const RELOAD: BackOffLimits = { firstMs: 300, mostMs: 5000, calmMs: 60_000 }

/** Loads the page of an own window, and again after its process died. */
export function keepLoaded(window: Loadable, page: string, closing: () => boolean): void {
  const backOff = new BackOff(RELOAD)
  let due: NodeJS.Timeout | undefined
  const load = (): void => {
    if (window.isDestroyed() || closing()) return
    void window.loadURL(page).catch(again)
  }
  // One that dies while it loads is told of twice: two loads would end each other.
  const again = (): void => {
    clearTimeout(due)
    due = setTimeout(load, backOff.after(performance.now()))
  }
  window.webContents.on('render-process-gone', again)
  load()
}
