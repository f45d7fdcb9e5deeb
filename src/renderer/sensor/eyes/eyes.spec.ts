import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SensorSettings } from '../../../contract/ipc/schema'
import { nothingKnown } from '../../../core/observation/camera-truth'
import type { Observation } from '../../../core/observation/observation'
import type { FromWorker } from '../worker/messages'
import { rememberDistrust } from './distrust'
import { loadMs, silenceMs, startEyes, tryingMs } from './eyes'

const settings: SensorSettings = {
  thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
  limits: { minWidth: 640, minHeight: 480, minFps: 7 },
  room: {},
  effort: { coreShare: 0.5, pace: 'full' },
  model: { id: 'm', url: '/models/m', files: {} },
  preview: false
}

const unknown = { state: 'unknown', reason: 'detector-failed' } as const
const nobody: Observation['people'] = { state: 'counted', count: 0, scores: [] }
const failedObservation: Observation = {
  v: 1,
  seq: 1,
  ageMs: 10,
  frame: { width: 640, height: 480 },
  model: 'm',
  backend: 'wasm',
  frameMs: 10,
  phone: unknown,
  book: unknown,
  screen: unknown,
  people: unknown,
  looked: true,
  camera: nothingKnown
}

class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null
  onmessageerror: (() => void) | null = null
  readonly postMessage = vi.fn()
  readonly terminate = vi.fn()
  says(data: FromWorker): void {
    this.onmessage?.({ data })
  }
}

describe('startEyes', () => {
  let workers: FakeWorker[]
  let stored: Map<string, string>
  const fault = vi.fn()
  const wantFrames = vi.fn()
  const observed = vi.fn<(observation: Observation) => void>()
  const start = () =>
    startEyes({
      cores: 4,
      // As the page does at each of its starts: what is kept outlives it.
      distrust: rememberDistrust({
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => stored.set(key, value)
      }),
      createWorker: () => {
        const worker = new FakeWorker()
        workers.push(worker)
        return worker as unknown as Worker
      },
      observed,
      fault,
      ready: () => undefined,
      frameSeen: () => undefined,
      framesStopped: () => undefined,
      wantFrames
    })
  const newest = (): FakeWorker => {
    const worker = workers.at(-1)
    if (!worker) throw new Error('no worker yet')
    return worker
  }
  const ready = { kind: 'ready', backend: 'wasm', threads: 2, slower: [] } as const

  beforeEach(() => {
    vi.useFakeTimers()
    vi.clearAllMocks()
    workers = []
    stored = new Map()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('looks at nothing before it knows the settings', () => {
    const eyes = start()
    expect(workers).toHaveLength(0)
    eyes.settings(settings)
    expect(newest().postMessage).toHaveBeenCalledWith({ kind: 'settings', settings, cores: 4, avoid: [] }, [])
    expect(wantFrames).toHaveBeenCalledOnce()
  })

  it('reports a worker that died and starts another with the same settings', async () => {
    start().settings(settings)
    newest().onerror?.({ message: 'out of memory' })
    expect(fault).toHaveBeenCalledWith({
      stage: 'detect',
      message: expect.stringContaining('out of memory') as string
    })
    await vi.advanceTimersByTimeAsync(600)
    expect(workers).toHaveLength(2)
    expect(newest().postMessage).toHaveBeenCalledWith({ kind: 'settings', settings, cores: 4, avoid: [] }, [])
    expect(wantFrames).toHaveBeenCalledTimes(2)
  })

  it('replaces a worker that hangs, and one that never gets ready', async () => {
    start().settings(settings)
    newest().says(ready)
    newest().says({ kind: 'frame' })
    await vi.advanceTimersByTimeAsync(silenceMs + 600)
    expect(workers[0]?.terminate).toHaveBeenCalled()
    expect(workers).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(loadMs + 2000)
    expect(workers).toHaveLength(3)
    expect(fault).toHaveBeenCalledTimes(2)
  })

  it('D7 numbers what its workers see as one, so that main takes the word of one that replaces another', async () => {
    start().settings(settings)
    const seen = (seq: number): FromWorker => ({
      kind: 'observation',
      observation: { ...failedObservation, seq }
    })
    newest().says(ready)
    newest().says(seen(1))
    newest().says(seen(2))
    await vi.advanceTimersByTimeAsync(silenceMs + 600)
    expect(workers).toHaveLength(2)
    newest().says(ready)
    newest().says(seen(1))
    expect(observed.mock.calls.map(([{ seq }]) => seq)).toEqual([1, 2, 3])
  })

  it('does not blame the worker while the camera gives nothing', async () => {
    start().settings(settings)
    newest().says(ready)
    newest().says({ kind: 'frames-stopped', reason: 'no-frames' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(workers).toHaveLength(1)
    expect(fault).not.toHaveBeenCalled()
  })

  it('does not loop over a model that is wrong: it waits for other settings', async () => {
    const eyes = start()
    eyes.settings(settings)
    newest().says({ kind: 'fault', stage: 'model', message: 'model.json is not the one', fatal: true })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(workers).toHaveLength(1)
    expect(fault).toHaveBeenCalledExactlyOnceWith({ stage: 'model', message: 'model.json is not the one' })
    eyes.settings(settings)
    expect(workers).toHaveLength(2)
  })

  it('D7 replaces a worker whose detector fails at every frame, ever more rarely, and says it once per worker', async () => {
    start().settings(settings)
    newest().says(ready)
    const failing = (worker: FakeWorker, frames: number): void => {
      for (let frame = 0; frame < frames; frame += 1) {
        worker.says({ kind: 'observation', observation: failedObservation })
        worker.says({ kind: 'fault', stage: 'detect', message: 'unreachable', fatal: false })
      }
    }
    failing(newest(), 19)
    expect(workers[0]?.terminate).not.toHaveBeenCalled()
    expect(fault).toHaveBeenCalledExactlyOnceWith({ stage: 'detect', message: 'unreachable' })
    failing(newest(), 1)
    expect(workers[0]?.terminate).toHaveBeenCalled()
    expect(fault).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(600)
    expect(workers).toHaveLength(2)
    newest().says(ready)
    failing(newest(), 20)
    await vi.advanceTimersByTimeAsync(600)
    expect(workers).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(600)
    expect(workers).toHaveLength(3)
  })

  it('D7 keeps a worker whose detector fails now and then', () => {
    start().settings(settings)
    newest().says(ready)
    for (let frame = 0; frame < 100; frame += 1) {
      newest().says({ kind: 'fault', stage: 'detect', message: 'once', fatal: false })
      newest().says({ kind: 'observation', observation: { ...failedObservation, people: nobody } })
    }
    expect(workers).toHaveLength(1)
  })

  const toldToAvoid = (worker: FakeWorker): unknown =>
    (worker.postMessage.mock.calls[0]?.[0] as { readonly avoid: unknown }).avoid

  it('D7 tells the next worker which backend hung while it was tried, also after the page was started anew', async () => {
    start().settings(settings)
    newest().says({ kind: 'trying', backend: 'webgpu' })
    await vi.advanceTimersByTimeAsync(tryingMs - 1)
    expect(fault).not.toHaveBeenCalled()
    newest().says({ kind: 'trying', backend: 'webgl' })
    await vi.advanceTimersByTimeAsync(tryingMs + 600)
    expect(fault).toHaveBeenCalledExactlyOnceWith({
      stage: 'detect',
      message: expect.stringMatching(/not answered for 20 s\. \(webgl\)/) as string
    })
    expect(toldToAvoid(newest())).toEqual(['webgl'])
    newest().says({ kind: 'trying', backend: 'webgpu' })
    newest().onerror?.({ message: 'the driver is gone' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(toldToAvoid(newest())).toEqual(['webgpu', 'webgl'])
    start().settings(settings)
    expect(toldToAvoid(newest())).toEqual(['webgpu', 'webgl'])
  })

  it('D7 gives up a backend that ran well when it dies a second time, not at the first', async () => {
    start().settings(settings)
    expect(toldToAvoid(newest())).toEqual([])
    for (const avoid of [[], ['webgl']]) {
      newest().says({ kind: 'trying', backend: 'webgl' })
      newest().says({ ...ready, backend: 'webgl' })
      newest().onerror?.({ message: 'the context is lost' })
      await vi.advanceTimersByTimeAsync(2_000)
      expect(toldToAvoid(newest())).toEqual(avoid)
    }
  })

  it('blames no backend for a worker that dies before it tries one', async () => {
    start().settings(settings)
    newest().onerror?.({ message: 'no such script' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(toldToAvoid(newest())).toEqual([])
  })

  it('waits longer after each death in a row', async () => {
    start().settings(settings)
    for (let death = 0; death < 8; death += 1) {
      newest().onerror?.({ message: 'again' })
      await vi.advanceTimersByTimeAsync(8_000)
    }
    expect(workers).toHaveLength(9)
    newest().onerror?.({ message: 'again' })
    await vi.advanceTimersByTimeAsync(7_000)
    expect(workers).toHaveLength(9)
  })
})
