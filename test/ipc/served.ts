import type { Call } from '../../src/contract/ipc/call'
import { channelOf } from '../../src/contract/ipc/channel'
import { ipcSchema, type WindowKind } from '../../src/contract/ipc/schema'
import { RefusalCounter } from '../../src/main/ipc/refusals'
import type { SenderEvent } from '../../src/main/ipc/sender'
import { serve, type AllHandlers, type Listener } from '../../src/main/ipc/serve'
import { pageOf } from '../../src/main/windows/page'
import { WindowRegistry } from '../../src/main/windows/registry'

export const kinds = Object.keys(ipcSchema) as WindowKind[]
export const ids: Readonly<Record<WindowKind, number>> = { shell: 1, blank: 2, sensor: 3 }

/** The real serving code as main wires it, refusals thinned out, with Electron's end in the caller's hands. */
export class Served {
  /** What handlers were called with, by `window.call`, oldest first. */
  readonly handled: { readonly call: string; readonly argument: unknown }[] = []
  /** What would have become records. */
  readonly records: { readonly detail: string; readonly count: number }[] = []
  /** Windows whose page was to be ended, by their number, oldest first. */
  readonly flooded: number[] = []
  readonly #listeners = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>()
  readonly #refusals: RefusalCounter
  #later: (() => void)[] = []

  constructor(
    now: () => number,
    readonly heard: (call: string, argument: unknown) => void = () => undefined
  ) {
    const registry = new WindowRegistry<Listener>()
    for (const kind of kinds)
      registry.add(kind, {
        id: ids[kind],
        isDestroyed: () => false,
        once: () => undefined,
        send: () => undefined
      })
    this.#refusals = new RefusalCounter(
      (detail, count) => this.records.push({ detail, count }),
      (act) => this.#later.push(act)
    )
    const handlers = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        Object.fromEntries(
          Object.keys(ipcSchema[kind]).map((name) => [
            name,
            (argument: unknown) => {
              this.handled.push({ call: `${kind}.${name}`, argument })
              this.heard(`${kind}.${name}`, argument)
              return { outcome: 'signed-in' }
            }
          ])
        )
      ])
    ) as unknown as AllHandlers
    serve({
      ipc: {
        on: (channel, listener) => this.#listeners.set(channel, listener),
        handle: (channel, listener) => void this.#listeners.set(channel, listener),
        removeAllListeners: (channel) => this.#listeners.delete(channel),
        removeHandler: (channel) => void this.#listeners.delete(channel)
      },
      registry,
      handlers,
      refused: (call, reason) => this.#refusals.count(call, reason),
      floods: (sender) => this.flooded.push(sender),
      fault: (call, error) => {
        throw new Error(`${call} failed`, { cause: error })
      },
      now
    })
  }

  get refused(): number {
    return this.#refusals.total
  }

  /** The period after which refusals are reported is over. */
  period(): void {
    for (const act of this.#later.splice(0)) act()
  }

  /** A message from a window's main frame, as Electron hands it over. */
  say(kind: WindowKind, call: string, argument?: unknown): void {
    const frame = {
      url: pageOf(kind),
      origin: 'app://desk',
      parent: null,
      routingId: 7,
      processId: ids[kind]
    }
    const event = { sender: { id: ids[kind], mainFrame: frame }, senderFrame: frame }
    const answer = this.#listeners.get(channelOf(kind, call))?.(event, argument)
    if (answer instanceof Promise) answer.catch(() => undefined) // the page is told that it was refused
  }
}

/** Every call that a page can make, with its window. */
export const calls = kinds.flatMap((kind) =>
  Object.entries<Call>(ipcSchema[kind]).map(([name, { verb }]) => ({
    kind,
    name,
    verb,
    call: `${kind}.${name}`
  }))
)

const absent = { state: 'absent', score: 0.02 } as const
const unknown = { state: 'unknown' } as const
const verdicts = ['covered', 'dark', 'blurred', 'frozen', 'looped', 'photo', 'virtual', 'moved', 'weak']

/** A whole observation, with its number. */
export const observation = (seq: number) => ({
  v: 1,
  seq,
  ageMs: 5,
  frame: { width: 640, height: 480 },
  model: 'scripted@1#000000000000',
  backend: 'cpu',
  frameMs: 1,
  phone: absent,
  book: absent,
  people: { state: 'counted', count: 1, scores: [0.9] },
  screen: absent,
  looked: true,
  camera: Object.fromEntries(verdicts.map((verdict) => [verdict, unknown]))
})
