import type { Call } from '../src/contract/ipc/call'
import type { Handlers, Notifiers, WindowApi } from '../src/contract/ipc/derive'
import { ipcSchema, type IpcSchema, type WindowKind } from '../src/contract/ipc/schema'

/** One call that a page made, after its argument passed the schema's validator. */
export interface Received {
  readonly call: string
  readonly argument: unknown
}

export interface IpcDouble<K extends WindowKind> {
  /** What a page finds as `window.havendesk`. */
  readonly api: WindowApi<IpcSchema[K]>
  /** Speaks as main does: the newest payload also goes to who subscribes later. */
  readonly main: Notifiers<IpcSchema[K]>
  /** What the page called, oldest first. */
  readonly received: readonly Received[]
}

/**
 * Stands in for main and the bridge in tests of pages. Derived from the schema value, so it cannot drift:
 * a call with a bad argument, a bad answer or a bad payload throws, as main would refuse it.
 * An `invoke` without a handler rejects.
 */
export function ipcDouble<K extends WindowKind>(
  kind: K,
  handlers: Partial<Handlers<IpcSchema[K]>> = {}
): IpcDouble<K> {
  const received: Received[] = []
  const api: Record<string, unknown> = {}
  const main: Record<string, unknown> = {}
  const answers = handlers as Record<string, ((argument: unknown) => unknown) | undefined>
  for (const [name, call] of Object.entries<Call>(ipcSchema[kind])) {
    if (call.verb === 'notify') {
      const listeners = new Set<(payload: unknown) => void>()
      let newest: { readonly payload: unknown } | undefined
      main[name] = (payload: unknown): void => {
        const checked = call.payload.parse(payload)
        newest = { payload: checked }
        for (const listener of listeners) listener(structuredClone(checked))
      }
      api[name] = (listener: (payload: unknown) => void): (() => void) => {
        listeners.add(listener)
        const first = newest
        if (first !== undefined) queueMicrotask(() => listeners.has(listener) && listener(first.payload))
        return () => listeners.delete(listener)
      }
      continue
    }
    const accept = (argument: unknown): unknown => {
      const checked = call.argument.parse(structuredClone(argument))
      received.push({ call: name, argument: checked })
      return checked
    }
    if (call.verb === 'send') {
      api[name] = (argument?: unknown): void => {
        const checked = accept(argument)
        answers[name]?.(checked)
      }
    } else {
      api[name] = async (argument?: unknown): Promise<unknown> => {
        const checked = accept(argument)
        const answer = answers[name]
        if (answer === undefined) throw new Error(`no handler for ${kind}.${name} in this test`)
        return call.result.parse(await answer(checked))
      }
    }
  }
  return { api: Object.freeze(api), main, received } as unknown as IpcDouble<K>
}
