import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawFrames } from '../../../scripts/scene/scene'
import { scenes } from '../../../scripts/scene/scenes'
import { compareOutputs } from '../../../scripts/vision/compare'
import { readModelFiles, readShipped, shippedDetector } from '../../../scripts/vision/model-files'
import { readPicture } from '../../../scripts/vision/picture'
import { loadPlainCocoSsd } from '../../../scripts/vision/plain'
import { startWasm } from '../../../scripts/vision/wasm'
import { BackendError, chooseBackend, type Choosing } from '../backend'
import type { Pixels } from '../detector'
import type { Look } from '../observe'
import { createWatcher } from '../watch'
import { cocoSsd } from './coco-ssd'

const shipped = readShipped()
const files = readModelFiles()
const frames = new Map<string, Pixels>()

/** One frame of a named clip, `seconds` after its start. */
const frameOf = async (scene: keyof typeof scenes, seconds: number): Promise<Pixels> => {
  const spec = scenes[scene](1)
  const shifted = {
    ...spec,
    seconds: 1 / 30,
    layers: spec.layers.map((layer) => ({
      ...layer,
      at:
        typeof layer.at === 'function'
          ? (
              (at) => (time: number) =>
                at(time + seconds)
            )(layer.at)
          : layer.at
    }))
  }
  for await (const jpeg of drawFrames(shifted)) return readPicture(jpeg)
  throw new Error('The scene has no frame.')
}

const look = (detector: Look['detector']): Look => ({
  detector,
  backend: 'wasm',
  thresholds: { phone: 0.5, book: 0.5, person: 0.5, screen: 0.5 },
  clock: () => performance.now()
})

const choosing = (more: Partial<Choosing>): Choosing => ({
  reasonAgainst: () => Promise.resolve(null),
  clock: () => performance.now(),
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  ...more
})

describe('cocoSsd with its real weights', () => {
  beforeAll(async () => {
    await startWasm()
    frames.set('clear', await frameOf('clear', 2))
    frames.set('phone', await frameOf('phone', 9))
    frames.set('second-person', await frameOf('second-person', 9))
    frames.set('nobody', await frameOf('nobody', 9))
  })
  const frame = (name: string): Pixels => {
    const found = frames.get(name)
    if (!found) throw new Error(name)
    return found
  }

  it('sees in composites what is there: one person, a phone, two people, nobody', async () => {
    const detector = shippedDetector(shipped)
    await detector.load()
    const seen = async (name: string) =>
      (
        await createWatcher(look(detector)).observe({
          seq: 1,
          capturedAt: performance.now(),
          pixels: frame(name)
        })
      ).observation
    const clear = await seen('clear')
    expect(clear).toMatchObject({
      phone: { state: 'absent' },
      book: { state: 'absent' },
      people: { count: 1 }
    })
    const phone = await seen('phone')
    expect(phone.phone).toMatchObject({ state: 'present' })
    // The composite's phone takes 2.5 % of the frame, its box a little more.
    if (phone.phone.state === 'present') {
      expect(phone.phone.score).toBeGreaterThan(0.8)
      expect(phone.phone.share).toBeGreaterThan(0.02)
      expect(phone.phone.share).toBeLessThan(0.12)
    }
    expect(await seen('second-person')).toMatchObject({ phone: { state: 'absent' }, people: { count: 2 } })
    expect(await seen('nobody')).toMatchObject({ people: { state: 'counted', count: 0 } })
    detector.dispose()
  })

  it('answers like the original graph: boxes within 1 px, scores within 0.01', async () => {
    const detector = shippedDetector(shipped)
    await detector.load()
    const plain = await loadPlainCocoSsd(files)
    for (const pixels of frames.values()) {
      const { score, boxPx } = compareOutputs(
        await detector.rawOutputs(pixels),
        await plain.outputs(pixels),
        pixels
      )
      expect(score).toBeLessThan(0.01)
      expect(boxPx).toBeLessThan(1)
    }
    plain.dispose()
    detector.dispose()
  })

  it('keeps no tensor over 50 frames, and none after it is disposed of', async () => {
    const before = tf.memory().numTensors
    const detector = shippedDetector(shipped)
    await detector.load()
    await detector.detect(frame('clear'))
    const loaded = tf.memory().numTensors
    const watcher = createWatcher(look(detector), { share: 1, savedMs: 60_000 })
    for (let seq = 0; seq < 50; seq += 1)
      await watcher.observe({ seq, capturedAt: 0, pixels: frame(seq % 2 ? 'phone' : 'clear') })
    expect(tf.memory().numTensors).toBe(loaded)
    detector.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('takes a backend whose numbers for the golden picture are right', async () => {
    const chosen = await chooseBackend(
      () => shippedDetector(shipped),
      choosing({ reasonAgainst: (backend) => Promise.resolve(backend === 'wasm' ? null : 'not here') })
    )
    expect(chosen.backend).toBe('wasm')
    expect(await chosen.detector.verify()).toBeLessThan(0.1)
    expect(chosen.rejected.map(({ backend }) => backend)).toEqual(['webgpu', 'webgl'])
    chosen.detector.dispose()
  })

  it('refuses a backend whose numbers are wrong, and never falls back to another one silently', async () => {
    const wrong = () => {
      const detector = shippedDetector(shipped)
      return { ...detector, verify: () => Promise.resolve(3.2) }
    }
    await expect(chooseBackend(wrong, choosing({ order: ['wasm'] }))).rejects.toThrow(/wasm: .*3\.2 times/)
    await expect(
      chooseBackend(() => shippedDetector(shipped), choosing({ order: ['webgpu'] }))
    ).rejects.toThrow(BackendError)
  })

  it('refuses weights with a piece missing, by name', async () => {
    const some = new Map(files)
    some.delete('group1-shard3of5')
    await expect(cocoSsd('x', { trunk: some, head: null }).load()).rejects.toThrow(/group1-shard3of5/)
  })
})
