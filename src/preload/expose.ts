import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channelOf } from '../contract/ipc/channel'
import type { IpcSchema, WindowKind } from '../contract/ipc/schema'
import type { SurfaceOf } from '../contract/ipc/surface'

/** Set by the bundler from the IPC schema: names and verbs only. */
declare const __SURFACE__: SurfaceOf<IpcSchema>

/**
 * Gives the page `window.havendesk`: one function per call of its group.
 * Pages never touch ipcRenderer nor an event object; the bridge copies and freezes what it hands over.
 */
export function expose(kind: WindowKind): void {
  const calls = Object.entries<'send' | 'invoke' | 'notify'>(__SURFACE__[kind])
  const api = Object.fromEntries(calls.map(([call, verb]) => [call, verbs[verb](channelOf(kind, call))]))
  contextBridge.exposeInMainWorld('havendesk', api)
}

const verbs = {
  send: (channel: string) => (argument: unknown) => {
    ipcRenderer.send(channel, argument)
  },
  invoke: (channel: string) => (argument: unknown) => ipcRenderer.invoke(channel, argument),
  notify: (channel: string) => (listener: (payload: unknown) => void) => {
    const pass = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload)
    }
    ipcRenderer.on(channel, pass)
    // Asks for the newest state: a page that subscribes late misses nothing.
    ipcRenderer.send(channel)
    return () => {
      ipcRenderer.removeListener(channel, pass)
    }
  }
} as const
