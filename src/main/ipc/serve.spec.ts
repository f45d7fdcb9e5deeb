import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Call } from '../../contract/ipc/call'
import { channelOf } from '../../contract/ipc/channel'
import { ipcSchema, type WindowKind } from '../../contract/ipc/schema'
import { pageOf } from '../windows/page'
import { WindowRegistry } from '../windows/registry'
import { FLOOD_PER_SECOND } from './flood'
import type { RefusalReason, SenderEvent, SenderFrame } from './sender'
import { serve, type AllHandlers, type IpcEndpoint, type Listener } from './serve'

const kinds = Object.keys(ipcSchema) as WindowKind[]
const ids: Readonly<Record<WindowKind, number>> = { shell: 1, blank: 2, sensor: 3 }

const frameOf = (kind: WindowKind, change: Partial<SenderFrame> = {}): SenderFrame => ({
  url: pageOf(kind),
  origin: 'app://desk',
  parent: null,
  routingId: 7,
  processId: ids[kind],
  ...change
})
const eventOf = (kind: WindowKind, frame: SenderFrame | null = frameOf(kind)): SenderEvent => ({
  sender: { id: ids[kind], mainFrame: frameOf(kind) },
  senderFrame: frame
})

/** What handlers of calls that wait answer. */
const answers: Readonly<Record<string, unknown>> = {
  'shell.signIn': { outcome: 'signed-in' },
  'shell.ownAlerts': { outcome: 'hub-unreachable' },
  'shell.appeal': 'accepted'
}

/** Main's side with fakes for Electron, and every handler a spy. */
function setUp() {
  let now = 0
  const listeners = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>()
  const ipc: IpcEndpoint = {
    on: (channel, listener) => listeners.set(channel, listener),
    handle: (channel, listener) => void listeners.set(channel, listener),
    removeAllListeners: (channel) => listeners.delete(channel),
    removeHandler: (channel) => void listeners.delete(channel)
  }
  const registry = new WindowRegistry<Listener>()
  const sent: { kind: WindowKind; channel: string; payload: unknown }[] = []
  for (const kind of kinds) {
    registry.add(kind, {
      id: ids[kind],
      isDestroyed: () => false,
      once: () => undefined,
      send: (channel, payload) => void sent.push({ kind, channel, payload })
    })
  }
  const calls = vi.fn<(call: string, argument: unknown) => unknown>((call) => answers[call])
  const handlers = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      Object.fromEntries(
        Object.entries<Call>(ipcSchema[kind])
          .filter(([, call]) => call.verb !== 'notify')
          .map(([name]) => [name, (argument: unknown) => calls(`${kind}.${name}`, argument)])
      )
    ])
  ) as unknown as AllHandlers
  const refused: { call: string; reason: RefusalReason }[] = []
  const fault = vi.fn()
  const floods = vi.fn()
  const serving = serve({
    ipc,
    registry,
    handlers,
    refused: (call, reason) => refused.push({ call, reason }),
    floods,
    fault,
    now: () => now
  })
  return {
    calls,
    refused,
    fault,
    floods,
    sent,
    serving,
    listeners,
    pass: (ms: number) => (now += ms),
    say: (kind: WindowKind, call: string, event: SenderEvent, ...args: unknown[]) =>
      listeners.get(channelOf(kind, call))?.(event, ...args)
  }
}

const credentials = { email: 'a1@demo.example', password: 'x' }

describe('serve', () => {
  it('listens on the channels of the schema and on no other', () => {
    const { listeners } = setUp()
    const expected = kinds.flatMap((kind) =>
      Object.keys(ipcSchema[kind]).map((call) => channelOf(kind, call))
    )
    expect([...listeners.keys()].sort()).toEqual(expected.sort())
  })

  it('passes a checked argument to its handler', () => {
    const { say, calls, refused } = setUp()
    say('shell', 'stripHeight', eventOf('shell'), 48)
    expect(calls).toHaveBeenCalledExactlyOnceWith('shell.stripHeight', 48)
    expect(refused).toEqual([])
  })

  const wrong: [string, SenderEvent, RefusalReason][] = [
    [
      'a window not made by us',
      { ...eventOf('shell'), sender: { id: 99, mainFrame: frameOf('shell') } },
      'unknown-window'
    ],
    ['a frame that is gone', eventOf('shell', null), 'no-frame'],
    [
      'a frame within our page',
      eventOf('shell', frameOf('shell', { parent: {}, routingId: 8 })),
      'not-main-frame'
    ],
    ['a frame of another process', eventOf('shell', frameOf('shell', { processId: 44 })), 'not-main-frame'],
    ['another origin', eventOf('shell', frameOf('shell', { origin: 'https://desk' })), 'other-page'],
    ['another page of ours', eventOf('shell', frameOf('shell', { url: pageOf('blank') })), 'other-page'],
    [
      'a page with a query',
      eventOf('shell', frameOf('shell', { url: `${pageOf('shell')}?x` })),
      'other-page'
    ],
    ['a window of another kind', eventOf('blank'), 'not-granted']
  ]
  it.each(wrong)('B1 refuses and counts %s', async (_title, event, reason) => {
    const { say, calls, refused } = setUp()
    say('shell', 'askHelp', event)
    await expect(say('shell', 'signIn', event, credentials)).rejects.toThrow(reason)
    say('shell', 'state', event)
    expect(calls).not.toHaveBeenCalled()
    expect(refused.map((one) => one.reason)).toEqual([reason, reason, reason])
  })

  it('B4 says of a window that floods, ours or not, whatever its calls are refused for, and of no other', () => {
    const { say, floods, pass } = setUp()
    const foreign = { ...eventOf('shell'), sender: { id: 99, mainFrame: frameOf('shell') } }
    // Two windows, each with three calls fewer than the last before a flood, of several kinds.
    for (let n = 0; n < (FLOOD_PER_SECOND - 4) / 2; n += 1) {
      for (const from of [foreign, eventOf('blank')]) {
        say('shell', 'askHelp', from)
        say('shell', 'state', from)
      }
    }
    for (let n = 0; n < 3; n += 1) say('sensor', 'observe', foreign, {})
    expect(floods).not.toHaveBeenCalled()
    say('sensor', 'observe', foreign, {})
    say('sensor', 'observe', foreign, {})
    expect(floods.mock.calls).toEqual([[99, undefined]])
    // Another second begins anew.
    pass(1000)
    for (let n = 0; n < FLOOD_PER_SECOND - 1; n += 1) say('shell', 'askHelp', eventOf('blank'))
    expect(floods).toHaveBeenCalledOnce()
    say('shell', 'askHelp', eventOf('blank'))
    expect(floods.mock.calls[1]).toEqual([2, 'blank'])
  })

  it('B1 grants each window its own group alone', () => {
    for (const from of kinds) {
      for (const to of kinds) {
        const { say, calls, refused } = setUp()
        for (const [name, call] of Object.entries<Call>(ipcSchema[to])) {
          if (call.verb === 'send') say(to, name, eventOf(from), undefined)
        }
        if (from !== to) expect(calls).not.toHaveBeenCalled()
        expect(refused.every(({ reason }) => reason === (from === to ? 'malformed' : 'not-granted'))).toBe(
          true
        )
      }
    }
  })

  it('B2 survives whatever is sent on every channel, and lets nothing malformed through', async () => {
    const { say, calls, fault, refused, pass } = setUp()
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true
    })
    const channels = kinds.flatMap((kind) =>
      Object.entries<Call>(ipcSchema[kind]).map(([name, call]) => ({ kind, name, call }))
    )
    let sent = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 3 }), async (args) => {
        for (const { kind, name, call } of channels) {
          pass(1000)
          sent += 1
          calls.mockClear()
          try {
            await say(kind, name, eventOf(kind), ...args)
          } catch (error) {
            expect(error).toBeInstanceOf(Error)
          }
          const wellFormed =
            call.verb !== 'notify' && args.length <= 1 && call.argument.safeParse(args[0]).success
          expect(calls.mock.calls.length).toBe(wellFormed ? 1 : 0)
        }
      }),
      { numRuns: 3000 }
    )
    expect(fault).not.toHaveBeenCalled()
    expect(refused.length).toBeLessThanOrEqual(sent)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it.each<[string, unknown, RefusalReason]>([
    ['a text of 50 MB', 'x'.repeat(50_000_000), 'too-large'],
    ['a million numbers', Array.from({ length: 1_000_000 }, (_, i) => i), 'too-large'],
    ['a large buffer', new Uint8Array(10_000_000), 'too-large'],
    ['a circle', Object.assign({}, { self: null }), 'malformed'],
    ['a prototype', JSON.parse('{"__proto__":{"polluted":1},"email":"a@b","password":"x"}'), 'malformed']
  ])('B2 refuses %s in no time', async (_title, argument, reason) => {
    if (argument !== null && typeof argument === 'object' && 'self' in argument) argument.self = argument
    const { say } = setUp()
    const before = process.cpuUsage()
    await expect(say('shell', 'signIn', eventOf('shell'), argument)).rejects.toThrow(
      reason === 'malformed' ? /malformed|too-large/ : reason
    )
    // The processor's time: what other programs take meanwhile is not this one's.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(200)
  })

  it('tells a page that subscribes the newest state, and every page of the kind each new one', () => {
    const { say, sent, serving } = setUp()
    say('sensor', 'settings', eventOf('sensor'))
    expect(sent).toEqual([])
    const settings = {
      thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
      limits: { minWidth: 640, minHeight: 480, minFps: 7 },
      room: {},
      effort: { coreShare: 0.5, pace: 'full' as const },
      model: { id: 'm', url: 'app://desk/models/m/model.json', files: {} },
      preview: false
    }
    serving.notify.sensor.settings(settings)
    say('sensor', 'settings', eventOf('sensor'))
    expect(sent).toEqual([
      { kind: 'sensor', channel: 'havendesk:sensor.settings', payload: settings },
      { kind: 'sensor', channel: 'havendesk:sensor.settings', payload: settings }
    ])
  })

  it('never sends a payload that the schema does not know', () => {
    const { serving } = setUp()
    expect(() => {
      serving.notify.blank.state({ desk: 'hidden', extra: 1 } as never)
    }).toThrow()
  })

  it('answers an invoke without telling what went wrong inside', async () => {
    const { say, calls, fault } = setUp()
    calls.mockImplementation(() => {
      throw new Error('detail of the inside')
    })
    await expect(say('shell', 'signIn', eventOf('shell'), credentials)).rejects.toThrow('shell.signIn failed')
    expect(fault).toHaveBeenCalledOnce()
  })
})
