import type { Call } from '../../contract/ipc/call'
import { channelOf } from '../../contract/ipc/channel'
import type { Handlers, Notifiers } from '../../contract/ipc/derive'
import { ipcSchema, type IpcSchema, type WindowKind } from '../../contract/ipc/schema'
import { assertNever } from '../../core/result'
import type { Contents, WindowRegistry } from '../windows/registry'
import { Budget } from './budget'
import { FloodWatch } from './flood'
import { senderOf, type RefusalReason, type SenderEvent } from './sender'
import { isLight } from './weigh'

/** The part of Electron's ipcMain that is used; tests bring their own. */
export interface IpcEndpoint {
  on(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void): unknown
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void
  removeAllListeners(channel: string): unknown
  removeHandler(channel: string): void
}

/** A window that can be told something. */
export interface Listener extends Contents {
  send(channel: string, payload: unknown): void
}

export type AllHandlers = { readonly [K in WindowKind]: Handlers<IpcSchema[K]> }
export type AllNotifiers = { readonly [K in WindowKind]: Notifiers<IpcSchema[K]> }

export interface ServeOptions {
  readonly ipc: IpcEndpoint
  readonly registry: WindowRegistry<Listener>
  readonly handlers: AllHandlers
  /** A call was refused. Called for each; the receiver thins them out. */
  readonly refused: (call: string, reason: RefusalReason) => void
  /** This window floods main with calls: its page has to be ended. Called once a second while it goes on. */
  readonly floods: (sender: number, kind: WindowKind | undefined) => void
  /** One of our own handlers threw: a bug. */
  readonly fault: (call: string, error: unknown) => void
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/** Refusals reach the caller as this and nothing more. */
export class IpcRefused extends Error {
  constructor(call: string, reason: RefusalReason) {
    super(`${call} is refused: ${reason}`)
    this.name = 'IpcRefused'
  }
}

/**
 * Listens on every channel of the schema and on no other. Each call passes, in this order: who speaks, whether that
 * window has this group, how often, how large, and the call's own validator. The group of a window bears its kind's
 * name: that is the whole grant.
 */
export function serve(options: ServeOptions): { readonly notify: AllNotifiers; readonly close: () => void } {
  const budget = new Budget(options.now)
  const flood = new FloodWatch(options.now)
  const newest = new Map<string, unknown>()
  const closers: (() => void)[] = []
  const notify: Record<string, Record<string, (payload: unknown) => void>> = {}

  /** Gives back the checked argument or throws the refusal. */
  const admit = (
    kind: WindowKind,
    name: string,
    call: Call,
    event: SenderEvent,
    args: unknown[]
  ): unknown => {
    const full = `${kind}.${name}`
    const refuse = (reason: RefusalReason): never => {
      options.refused(full, reason)
      const { id } = event.sender
      if (flood.refused(id)) options.floods(id, options.registry.kindOf(id))
      throw new IpcRefused(full, reason)
    }
    const sender = senderOf(event, (id) => options.registry.kindOf(id))
    if (!sender.ok) return refuse(sender.error)
    if (sender.value !== kind) return refuse('not-granted')
    if (!budget.take(event.sender.id, full)) return refuse('too-many')
    if (args.length > 1) return refuse('malformed')
    if (!isLight(args[0])) return refuse('too-large')
    if (call.verb === 'notify') return args[0] === undefined ? undefined : refuse('malformed')
    const argument = call.argument.safeParse(args[0])
    return argument.success ? argument.data : refuse('malformed')
  }

  const listen = (channel: string, act: (event: SenderEvent, args: unknown[]) => void): void => {
    options.ipc.on(channel, (event, ...args) => {
      try {
        act(event, args)
      } catch (error) {
        if (!(error instanceof IpcRefused)) options.fault(channel, error)
      }
    })
    closers.push(() => options.ipc.removeAllListeners(channel))
  }

  /** A window may be on its way out: then there is nobody to tell. */
  const tell = (contents: Listener, channel: string, payload: unknown): void => {
    try {
      contents.send(channel, payload)
    } catch (error) {
      options.fault(channel, error)
    }
  }

  for (const kind of Object.keys(ipcSchema) as WindowKind[]) {
    const handlers = options.handlers[kind] as Record<string, ((argument: unknown) => unknown) | undefined>
    const tellers: Record<string, (payload: unknown) => void> = {}
    notify[kind] = tellers
    for (const [name, call] of Object.entries<Call>(ipcSchema[kind])) {
      const channel = channelOf(kind, name)
      switch (call.verb) {
        case 'send':
          listen(channel, (event, args) => {
            handlers[name]?.(admit(kind, name, call, event, args))
          })
          break
        case 'invoke':
          options.ipc.handle(channel, async (event, ...args) => {
            const argument = admit(kind, name, call, event, args)
            try {
              return call.result.parse(await handlers[name]?.(argument))
            } catch (error) {
              options.fault(channel, error)
              throw new Error(`${kind}.${name} failed`, { cause: error })
            }
          })
          closers.push(() => {
            options.ipc.removeHandler(channel)
          })
          break
        case 'notify':
          tellers[name] = (payload) => {
            const checked = call.payload.parse(payload)
            newest.set(channel, checked)
            for (const contents of options.registry.all(kind)) tell(contents, channel, checked)
          }
          // A page that subscribes is told the newest state at once.
          listen(channel, (event, args) => {
            admit(kind, name, call, event, args)
            const asking = options.registry.all(kind).find(({ id }) => id === event.sender.id)
            if (asking !== undefined && newest.has(channel)) tell(asking, channel, newest.get(channel))
          })
          break
        default:
          assertNever(call)
      }
    }
  }
  return {
    notify: notify as unknown as AllNotifiers,
    close: () => {
      for (const close of closers) close()
    }
  }
}
