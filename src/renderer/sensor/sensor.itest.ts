import { resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drawClip } from '../../../scripts/scene/draw'
import {
  removeBuild,
  startSensorRig,
  type SensorRig,
  type SensorRigOptions
} from '../../../scripts/vision/sensor-rig'
import { hashesOf, readShipped } from '../../../scripts/vision/model-files'
import { smallDefinition, smallModelFiles } from '../../../test/model/small-model'
import { requires } from '../../../test/requires'
import type { ModelDefinition } from '../../core/model/definition'
import type { Observation } from '../../core/observation/observation'
import type { ModelFiles } from '../../vision/graph/graph-def'

let clip: string
let rig: SensorRig | null = null
const open = async (options: Partial<SensorRigOptions> = {}): Promise<SensorRig> => {
  rig = await startSensorRig({ clip, ...options })
  return rig
}

const isAnswered = ({ people }: Observation): boolean => people.state === 'counted'

/**
 * After five observations of the first worker of a page the given statement holds. A name in the browser's storage is no
 * use to a worker, but its caches are: the second worker finds the mark of the first and is left alone.
 */
const breakingOnce = (statement: string): string => `
  let broken = false
  let told = 0
  let second = true
  caches.open('broken-once').then(async (cache) => {
    second = (await cache.match('/mark')) !== undefined
    await cache.put('/mark', new Response('1'))
  })
  const post = self.postMessage.bind(self)
  self.postMessage = (message, ...more) => {
    if (message.kind === 'observation' && !second) broken = (told += 1) > 5
    return post(message, ...more)
  }
  ${statement}`

/** Every call into the module traps, as after an illegal instruction. */
const trapping = `
  const real = WebAssembly.instantiate
  const real2 = WebAssembly.instantiateStreaming
  const trapped = (instance) => ({ exports: Object.fromEntries(Object.entries(instance.exports).map(
    ([name, value]) => [name, typeof value !== 'function' ? value : (...all) => {
      if (broken) throw new WebAssembly.RuntimeError('unreachable')
      return value(...all)
    }]
  )) })
  const wrapped = (result) => result instanceof WebAssembly.Instance
    ? trapped(result)
    : { module: result.module, instance: trapped(result.instance) }
  WebAssembly.instantiate = async (...all) => wrapped(await real(...all))
  WebAssembly.instantiateStreaming = async (...all) => wrapped(await real2(...all))`

/** Copies out of the module's memory fail, as they do when the process has none left. */
const starving = `
  const slice = Uint8Array.prototype.slice
  Uint8Array.prototype.slice = function (...all) {
    if (broken) throw new RangeError('Array buffer allocation failed')
    return slice.apply(this, all)
  }`

/** Whatever this machine has: half of four is two. */
const fourCores = "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 })"
const noted = (page: SensorRig['page']): Promise<Record<string, string | undefined>> =>
  page.evaluate(() => Object.fromEntries(Object.entries(document.documentElement.dataset)))

describe('the sensor page in a real browser, under the release content policy', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    clip = await drawClip({ out: resolve('.runtime/scene'), scene: 'phone' })
  })
  beforeEach((context) => {
    requires(context, 'linux', 'chromium', 'unprivileged')
  })
  afterEach(async () => {
    await rig?.close()
    rig = null
  })
  afterAll(async () => {
    await removeBuild()
  })

  it('D6 sees one person, then the phone, from the camera through the worker to the bridge', async () => {
    const { until, heard, page } = await open()
    await until(
      'a person alone',
      ({ observations }) =>
        observations.some(
          ({ people, phone }) => people.state === 'counted' && people.count === 1 && phone.state === 'absent'
        ),
      60_000
    )
    await until(
      'a phone',
      ({ observations }) => observations.some(({ phone }) => phone.state === 'present'),
      40_000
    )
    expect(heard.cameras).toEqual([
      { state: 'starting' },
      { state: 'live', label: clip, width: 640, height: 480, fps: 30 }
    ])
    expect(heard.observations.every(({ backend, frame }) => backend === 'wasm' && frame.width === 640)).toBe(
      true
    )
    const numbers = heard.observations.map(({ seq }) => seq)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(heard.faults).toEqual([])
    expect(heard.complaints).toEqual([])
    expect(await noted(page)).toMatchObject({ backend: 'wasm' })
  })

  it('A5 runs wasm on threads under the strict policy where there are cores for them, and nothing is refused', async () => {
    const { until, heard, page } = await open({ before: fourCores })
    await until('an observation', ({ observations }) => observations.length > 2, 60_000)
    expect(heard.complaints).toEqual([])
    expect(heard.faults).toEqual([])
    const { threads, slower } = await noted(page)
    expect(threads).toBe('2')
    expect(slower).not.toContain('threads')
  })

  it('says why when threads are not to be had, and works all the same', async () => {
    const { until, page } = await open({ isolated: false, before: fourCores })
    await until('an observation', ({ observations }) => observations.length > 0, 60_000)
    expect((await noted(page))['slower']).toContain('not cross-origin isolated')
  })

  it.each([
    ['group1-shard4of5', 12_345],
    ['weights.bin', 54_321],
    ['head.json', 40]
  ])('D7 refuses a %s with one wrong byte by name, and observes nothing', async (name, at) => {
    const { trunk, head } = readShipped()
    const bytes = new Uint8Array(trunk.get(name) ?? head.get(name) ?? [])
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const { until, heard } = await open({ altered: new Map([[name, bytes]]) })
    await until('a fault', ({ faults }) => faults.length > 0, 60_000)
    expect(heard.faults).toEqual([
      {
        stage: 'model',
        message: expect.stringContaining(`${name} is not the one`) as string,
        model: expect.stringMatching(/^coco-ssd@/) as string
      }
    ])
    expect(heard.observations).toEqual([])
  })

  describe('with a model that IT installed', () => {
    const id = 'quarter-colours@3#0123456789ab'
    let files: ModelFiles
    let definition: ModelDefinition
    beforeAll(async () => {
      await tf.setBackend('cpu')
      files = await smallModelFiles()
      definition = await smallDefinition(files)
    })
    const installed = (served: ModelFiles): Partial<SensorRigOptions> => ({
      installed: served,
      settings: (settings) => ({
        ...settings,
        model: {
          id,
          url: '/installed-models/quarter-colours/3/',
          files: { ...hashesOf(files) },
          definition
        }
      })
    })

    it('looks with it in the worker, and every observation bears its id', async () => {
      const { until, heard } = await open(installed(files))
      await until('observations', ({ observations }) => observations.length > 2, 60_000)
      expect(new Set(heard.observations.map(({ model }) => model))).toEqual(new Set([id]))
      expect(heard.observations.every(({ phone }) => phone.state !== 'unknown')).toBe(true)
      expect(heard.faults).toEqual([])
      expect(heard.complaints).toEqual([])
    })

    it('refuses it with one wrong byte, says which model that is, and observes nothing', async () => {
      const bytes = new Uint8Array(files.get('group1-shard1of1.bin') ?? [])
      bytes[3] = (bytes[3] ?? 0) ^ 1
      const { until, heard } = await open(installed(new Map(files).set('group1-shard1of1.bin', bytes)))
      await until('a fault', ({ faults }) => faults.length > 0, 60_000)
      const message = expect.stringContaining('group1-shard1of1.bin is not the one') as string
      expect(heard.faults).toEqual([{ stage: 'model', message, model: id }])
      expect(heard.observations).toEqual([])
    })

    it('uses no backend for it whose numbers for the golden picture are wrong', async () => {
      const golden = { ...definition.golden, samples: definition.golden.samples.map((value) => value + 1) }
      const { until, heard } = await open({
        installed: files,
        settings: (settings) => ({
          ...settings,
          model: {
            id,
            url: '/installed-models/quarter-colours/3/',
            files: { ...hashesOf(files) },
            definition: { ...definition, golden }
          }
        })
      })
      await until('a fault', ({ faults }) => faults.length > 0, 60_000)
      const message = expect.stringMatching(/wasm: Its numbers for the golden picture are wrong/) as string
      expect(heard.faults).toEqual([{ stage: 'backend', message, model: id }])
      expect(heard.observations).toEqual([])
    })
  })

  it('D7 replaces a worker that was ended without a word, and looks again', async () => {
    const { until, heard } = await open({
      before: `
        const Real = window.Worker
        window.Worker = class extends Real {
          constructor(...all) { super(...all); (window.__workers ??= []).push(this) }
        }`
    })
    await until('an observation', ({ observations }) => observations.length > 0, 60_000)
    await rig?.page.evaluate(() => {
      const [first] = (window as unknown as { __workers: Worker[] }).__workers
      first?.terminate()
    })
    await until('a fault', ({ faults }) => faults.some(({ stage }) => stage === 'detect'), 20_000)
    const before = heard.observations.length
    await until('another observation', ({ observations }) => observations.length > before, 60_000)
  })

  it.each([
    ['wasm traps', trapping],
    ['memory runs out', starving]
  ])(
    'D7 when %s under the detector, every answer is unknown, nothing is said twice, another looks',
    async (_, breaking) => {
      const { until, heard } = await open({ beforeWorker: breakingOnce(breaking) })
      await until('a person', ({ observations }) => observations.some(isAnswered), 60_000)
      await until('a failed detector', ({ faults }) => faults.some(({ stage }) => stage === 'detect'), 40_000)
      const broken = heard.observations.findLastIndex(isAnswered) + 1
      await until('another worker', ({ faults }) => faults.length > 1, 40_000)
      const failed = heard.observations.slice(broken)
      expect(failed.length).toBeGreaterThan(10)
      expect(failed.flatMap(({ phone, book, screen, people }) => [phone, book, screen, people])).toEqual(
        failed.flatMap(() =>
          Array.from({ length: 4 }, () => ({ state: 'unknown', reason: 'detector-failed' }))
        )
      )
      expect(heard.faults).toHaveLength(2)
      const before = heard.observations.length
      await until(
        'an answer again',
        ({ observations }) => observations.slice(before).some(isAnswered),
        60_000
      )
    }
  )
})
