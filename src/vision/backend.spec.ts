import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  BackendError,
  backendLimitMs,
  backendOrder,
  chooseBackend,
  comparedLimitMs,
  type BackendName,
  type Choosing
} from './backend'
import type { Detector } from './detector'
import { ModelError } from './graph/graph-def'
import { soon } from '../../test/soon'

/** What one backend does to a detector: how long a look takes, how wrong it is, or what goes wrong instead. */
interface Behaviour {
  readonly lookMs?: number
  readonly differences?: readonly number[]
  readonly load?: () => Promise<void>
}

const never = (): Promise<void> => new Promise(() => undefined)
let now = 0
/** Pauses end only when the test says so, since most backends answer at once. */
let waits: { readonly ms: number; readonly end: () => void }[] = []
let disposed: BackendName[] = []
let tried: BackendName[] = []

/** A detector on whichever backend is current when it is made, as the real one. */
const detectorOn =
  (behaviours: Partial<Record<BackendName, Behaviour>>) => (): Detector & { readonly on: BackendName } => {
    const on = tf.getBackend() as BackendName
    const { lookMs = 100, differences = [0], load = () => Promise.resolve() } = behaviours[on] ?? {}
    let looks = 0
    return {
      on,
      id: 'any',
      load,
      detect: () => Promise.reject(new Error('not asked')),
      verify: () => {
        // A detector that looks while another backend is current would answer that one's numbers.
        expect(tf.getBackend()).toBe(on)
        now += looks === 0 ? 1000 : lookMs
        looks += 1
        return Promise.resolve(differences[Math.min(looks, differences.length) - 1] ?? 0)
      },
      dispose: () => {
        disposed.push(on)
      }
    }
  }

const choosing = (more: Partial<Choosing> = {}): Choosing => ({
  reasonAgainst: () => Promise.resolve(null),
  clock: () => now,
  pause: (ms) => new Promise((end) => waits.push({ ms, end })),
  trying: (backend) => tried.push(backend),
  ...more
})

type Factory = Parameters<typeof tf.registerBackend>[1]

/** One whose start takes as long as the factory does. */
const registerSlow = (name: BackendName, factory: Factory): void => {
  tf.removeBackend(name)
  tf.registerBackend(name, factory)
}

describe('chooseBackend', () => {
  beforeEach(() => {
    now = 0
    waits = []
    disposed = []
    tried = []
    const plain = tf.findBackendFactory('cpu')
    for (const name of backendOrder) {
      // tfjs itself registers webgl alone; the next tests find all three.
      if (name in tf.engine().registryFactory) tf.removeBackend(name)
      tf.registerBackend(name, plain)
    }
  })
  // The next file registers what it needs itself.
  afterAll(() => {
    for (const name of backendOrder) if (name in tf.engine().registryFactory) tf.removeBackend(name)
  })

  it.each([
    ['webgpu', { webgpu: 20, webgl: 60, wasm: 150 }],
    ['webgl', { webgpu: 90, webgl: 60, wasm: 150 }],
    ['wasm', { webgpu: 900, webgl: 600, wasm: 150 }]
  ] as const)('keeps %s when a warm look is quickest on it', async (fastest, looks) => {
    const behaviours = Object.fromEntries(backendOrder.map((name) => [name, { lookMs: looks[name] }]))
    const chosen = await chooseBackend(detectorOn(behaviours), choosing())
    expect(chosen).toMatchObject({ backend: fastest, lookMs: looks[fastest] })
    expect((chosen.detector as ReturnType<ReturnType<typeof detectorOn>>).on).toBe(fastest)
    expect(tf.getBackend()).toBe(fastest)
    // What is gone back to is told as well: it can hang there.
    expect(tried).toEqual([...backendOrder, ...(fastest === 'wasm' ? [] : [fastest])])
    const others = backendOrder.filter((name) => name !== fastest)
    expect([...disposed].sort()).toEqual([...others].sort())
    expect(chosen.rejected.map(({ backend }) => backend).sort()).toEqual([...others].sort())
    expect(chosen.rejected.every(({ why }) => why.includes('A look takes'))).toBe(true)
  })

  it.each([
    ['wrong at the first look', [3.2, 0, 0]],
    ['wrong at the last look', [0, 0, 1.01]],
    ['no number', [0, NaN, 0]]
  ])('never keeps a quick backend whose numbers are %s', async (_what, differences) => {
    const make = detectorOn({ webgpu: { lookMs: 1, differences }, webgl: { lookMs: 1, differences } })
    const chosen = await chooseBackend(make, choosing())
    expect(chosen.backend).toBe('wasm')
    expect(chosen.rejected.map(({ why }) => why)).toEqual([
      expect.stringContaining('numbers for the golden picture are wrong'),
      expect.stringContaining('numbers for the golden picture are wrong')
    ])
  })

  it('D7 gives a backend that hangs its time and goes on to the next one', async () => {
    const choice = chooseBackend(detectorOn({ webgpu: { load: never } }), choosing())
    await soon(() => expect(waits).toHaveLength(1))
    expect(waits[0]?.ms).toBe(backendLimitMs)
    waits[0]?.end()
    const chosen = await choice
    expect(chosen.backend).toBe('webgl')
    expect(chosen.rejected[0]).toEqual({ backend: 'webgpu', why: 'It was not ready within 15 s.' })
    // One that is only compared gets less, since the first verdict waits for it.
    expect(waits.map(({ ms }) => ms)).toEqual([backendLimitMs, backendLimitMs, comparedLimitMs])
  })

  it('D7 takes nothing of a backend that answers after its time', async () => {
    let wake: () => void = () => undefined
    const load = vi.fn(() => new Promise<void>((done) => (wake = done)))
    const choice = chooseBackend(detectorOn({ webgpu: { load, lookMs: 1 } }), choosing())
    await soon(() => expect(load).toHaveBeenCalled())
    waits[0]?.end()
    const chosen = await choice
    wake()
    await soon(() => expect(disposed).toContain('webgpu'))
    expect(chosen.backend).toBe('webgl')
    expect(tf.getBackend()).toBe('webgl')
  })

  it('D7 forgets a start that hangs, which would be handed to the next backend', async () => {
    registerSlow('webgpu', () => new Promise(() => undefined))
    const choice = chooseBackend(detectorOn({}), choosing())
    await soon(() => expect(waits).toHaveLength(1))
    waits[0]?.end()
    const chosen = await choice
    expect(chosen.backend).toBe('webgl')
    expect(chosen.rejected[0]).toEqual({ backend: 'webgpu', why: 'It was not ready within 15 s.' })
    expect(tf.getBackend()).toBe('webgl')
  })

  it('D7 makes no backend current that starts after its time', async () => {
    let start: () => void = () => undefined
    const slow = new Promise<void>((done) => (start = done)).then(() => tf.findBackendFactory('cpu')())
    registerSlow('webgpu', () => slow)
    const choice = chooseBackend(detectorOn({ webgpu: { lookMs: 1 } }), choosing())
    await soon(() => expect(waits).toHaveLength(1))
    waits[0]?.end()
    const chosen = await choice
    start()
    await slow
    await tf.ready()
    expect(chosen.backend).toBe('webgl')
    expect(tf.getBackend()).toBe('webgl')
    expect('webgpu' in tf.engine().registry).toBe(false)
  })

  it('D7 starts no backend that was ruled in after its time', async () => {
    await tf.setBackend('webgpu')
    let answer: (why: null) => void = () => undefined
    const late = new Promise<null>((done) => (answer = done))
    const reasonAgainst = (backend: BackendName): Promise<null> =>
      backend === 'webgpu' ? late : Promise.resolve(null)
    const choice = chooseBackend(detectorOn({}), choosing({ reasonAgainst }))
    await soon(() => expect(waits).toHaveLength(1))
    waits[0]?.end()
    expect((await choice).backend).toBe('webgl')
    answer(null)
    await new Promise((later) => setImmediate(later))
    expect(tf.getBackend()).toBe('webgl')
  })

  it('chooses among the others when the fastest is wrong once it is gone back to', async () => {
    const behaviours = {
      webgpu: { lookMs: 1, differences: [0, 0, 0, 7] },
      webgl: { lookMs: 50 },
      wasm: { lookMs: 90 }
    }
    const chosen = await chooseBackend(detectorOn(behaviours), choosing())
    expect(chosen).toMatchObject({ backend: 'webgl', lookMs: 50 })
    expect(tf.getBackend()).toBe('webgl')
    expect(chosen.rejected.map(({ backend }) => backend)).toEqual(['webgpu', 'wasm'])
    expect(chosen.rejected[0]?.why).toBe('Its numbers were wrong when it was started again.')
    expect(tried).toEqual(['webgpu', 'webgl', 'wasm', 'webgpu', 'webgl', 'wasm', 'webgl'])
  })

  it('D7 tries those that hung before in the usual order, whichever was told first', async () => {
    const avoid = ['wasm', 'webgl', 'webgpu'] as const
    await chooseBackend(detectorOn({ wasm: { lookMs: 1 } }), choosing({ avoid }))
    expect(tried).toEqual([...backendOrder])
  })

  it('D7 tries a backend that hung before only when no other is right', async () => {
    const quick = { webgpu: { lookMs: 1 } }
    const chosen = await chooseBackend(detectorOn(quick), choosing({ avoid: ['webgpu'] }))
    expect(chosen.backend).toBe('webgl')
    expect(tried).toEqual(['webgl', 'wasm', 'webgl'])
    expect(chosen.rejected).toContainEqual({ backend: 'webgpu', why: 'It hung or died here before.' })

    tried = []
    const wrong = { webgpu: { differences: [9] }, webgl: { differences: [9] } }
    const last = await chooseBackend(detectorOn(wrong), choosing({ avoid: ['wasm'] }))
    expect(last.backend).toBe('wasm')
    expect(tried).toEqual([...backendOrder])
  })

  it('goes on to the next backend when one cannot run the model, and blames the model only for itself', async () => {
    const lost = { webgpu: { load: () => Promise.reject(new Error('The device is lost.')) } }
    const chosen = await chooseBackend(detectorOn(lost), choosing())
    expect(chosen.backend).toBe('webgl')
    expect(chosen.rejected[0]).toEqual({ backend: 'webgpu', why: 'The device is lost.' })
    const broken = { webgpu: { load: () => Promise.reject(new ModelError('weights.bin is missing.')) } }
    await expect(chooseBackend(detectorOn(broken), choosing())).rejects.toThrow(ModelError)
    expect(disposed.filter((name) => name === 'webgpu')).toHaveLength(2)
  })

  it('changes nothing where one backend alone is not ruled out: it is tried once', async () => {
    const reasonAgainst = (backend: BackendName): Promise<string | null> =>
      Promise.resolve(backend === 'wasm' ? null : 'not here')
    const make = vi.fn(detectorOn({}))
    const chosen = await chooseBackend(make, choosing({ reasonAgainst }))
    expect(chosen.backend).toBe('wasm')
    expect(make).toHaveBeenCalledOnce()
    expect(disposed).toEqual([])
    expect(chosen.rejected).toEqual([
      { backend: 'webgpu', why: 'not here' },
      { backend: 'webgl', why: 'not here' }
    ])
  })

  it('says of every backend why, when none is right', async () => {
    const reasonAgainst = (backend: BackendName): Promise<string | null> =>
      backend === 'webgl' ? Promise.reject(new Error('no context')) : Promise.resolve(null)
    const wrong = { webgpu: { differences: [2] }, wasm: { differences: [3.2] } }
    const choice = chooseBackend(detectorOn(wrong), choosing({ reasonAgainst }))
    await expect(choice).rejects.toThrow(BackendError)
    await expect(choice).rejects.toThrow(/webgpu: .*2\.0 times.* webgl: no context wasm: .*3\.2 times/)
  })
})
