import type { WebContents, WebPreferences } from 'electron'

/** Whether a contents may go to this URL by itself. Ours may go nowhere; a workspace view stays on its application. */
export type MayGo = (contentsId: number, url: string) => boolean

/** What a page tried and may not. */
export type Refused = 'window' | 'webview' | 'navigation' | 'frame' | 'redirect'

/** What must hold of every webContents, however it was made. */
const required: Readonly<Partial<Record<keyof WebPreferences, boolean>>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false
}
const forbidden: readonly (keyof WebPreferences)[] = [
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webviewTag',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'plugins'
]

/** Names the preferences that are weaker than they must be; empty when all is well. */
export function weaknessesOf(preferences: WebPreferences): readonly string[] {
  const wrong = Object.entries(required)
    .filter(([name, value]) => preferences[name as keyof WebPreferences] !== value)
    .map(([name]) => name)
  const on = forbidden.filter((name) => preferences[name] === true)
  return [...wrong, ...on, ...(preferences.webSecurity === false ? ['webSecurity'] : [])]
}

/** Preferences of every window and view that we make. */
export const lockedPreferences = (devTools: boolean): WebPreferences => ({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  devTools
})

/**
 * The preferences as Electron holds them. The method is not in Electron's types; without it nothing is known, and
 * unknown preferences count as weak.
 */
export function preferencesOf(contents: WebContents): WebPreferences {
  const { getLastWebPreferences } = contents as { getLastWebPreferences?: () => WebPreferences | null }
  return getLastWebPreferences?.call(contents) ?? {}
}

export interface ContentsLock {
  readonly mayGo: MayGo
  /** Something tried to go elsewhere, open a window or embed a page. */
  readonly refused: (contentsId: number, what: Refused, url: string) => void
  /** A contents with weak preferences was made and ended at once. */
  readonly weak: (names: readonly string[]) => void
}

/** Holds a new webContents where it is, or ends it when its preferences are weak. */
export function lockContents(contents: WebContents, lock: ContentsLock): void {
  const weaknesses = weaknessesOf(preferencesOf(contents))
  if (weaknesses.length > 0) {
    lock.weak(weaknesses)
    contents.close({ waitForBeforeUnload: false })
    return
  }
  const { id } = contents
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(({ url }) => {
    lock.refused(id, 'window', url)
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    lock.refused(id, 'webview', '')
  })
  contents.on('will-navigate', (event) => {
    if (lock.mayGo(id, event.url)) return
    event.preventDefault()
    lock.refused(id, 'navigation', event.url)
  })
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || lock.mayGo(id, event.url)) return
    event.preventDefault()
    lock.refused(id, 'frame', event.url)
  })
  contents.on('will-redirect', (event) => {
    if (lock.mayGo(id, event.url)) return
    event.preventDefault()
    lock.refused(id, 'redirect', event.url)
  })
  contents.on('login', (event, _details, _auth, answer) => {
    event.preventDefault()
    answer()
  })
  contents.on('select-client-certificate', (event, _url, _list, answer) => {
    event.preventDefault()
    // Electron's types want a certificate; leaving it out is its documented way of choosing none.
    ;(answer as () => void)()
  })
}
