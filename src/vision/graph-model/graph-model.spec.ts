import * as tf from '@tensorflow/tfjs'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ModelDefinition } from '../../core/model/definition'
import { smallDefinition, smallModelFiles } from '../../../test/model/small-model'
import type { Pixels } from '../detector'
import { ModelError, type ModelFiles } from '../graph/graph-def'
import { detectorFor } from './choose-decoder'
import { graphModel } from './graph-model'
import { neededFiles } from './in-memory'
import { readBoxes } from './read-boxes'

let files: ModelFiles
let definition: ModelDefinition
beforeAll(async () => {
  await tf.setBackend('cpu')
  files = await smallModelFiles()
  definition = await smallDefinition(files)
})

/** A grey picture whose quarters may be coloured: upper left first, then to the right, then down. */
const picture = (quarters: readonly (readonly [number, number, number] | null)[]): Pixels => {
  const [width, height] = [64, 48]
  const data = new Uint8Array(width * height * 4).fill(128)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = quarters[(y < 24 ? 0 : 2) + (x < 32 ? 0 : 1)]
      if (colour) data.set(colour, (y * width + x) * 4)
    }
  return { width, height, data }
}
const red = [255, 0, 0] as const
const green = [0, 255, 0] as const
const yellow = [255, 255, 0] as const

describe('graphModel', () => {
  it('finds each thing where it is, and no class that was not asked for', async () => {
    const detector = detectorFor('quarter-colours@1#0', definition, files)
    await detector.load()
    const { found, best } = await detector.detect(picture([null, red, green, yellow]))
    expect(found.filter(({ score }) => score > 0.5).map(({ label, box }) => [label, box])).toEqual(
      expect.arrayContaining([
        ['cell phone', { x: 0.5, y: 0, width: 0.5, height: 0.5 }],
        ['person', { x: 0, y: 0.5, width: 0.5, height: 0.5 }],
        ['laptop', { x: 0.5, y: 0.5, width: 0.5, height: 0.5 }]
      ])
    )
    expect(Object.keys(best).sort()).toEqual(['book', 'cell phone', 'laptop', 'person'])
    expect(best['book']).toBeLessThan(0.05)
    detector.dispose()
  })

  it('reads red and blue the other way round for a model that wants it so', async () => {
    const detector = graphModel('x', { ...definition, input: { ...definition.input, colour: 'BGR' } }, files)
    await detector.load()
    const { best } = await detector.detect(picture([red, null, null, null]))
    expect(best['book']).toBeGreaterThan(0.9)
    expect(best['cell phone']).toBeLessThan(0.1)
    detector.dispose()
  })

  it('keeps no tensor over many looks, also not after a look that failed, and none when disposed of', async () => {
    const before = tf.memory().numTensors
    const detector = graphModel('x', definition, files)
    await detector.load()
    await detector.detect(picture([red]))
    const loaded = tf.memory().numTensors
    for (let look = 0; look < 20; look += 1) await detector.detect(picture([look % 2 ? red : green]))
    await expect(detector.detect({ width: 0, height: 0, data: new Uint8Array() })).rejects.toThrow(/no area/)
    expect(tf.memory().numTensors).toBe(loaded)
    detector.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('is within its golden expectation, and another model is not', async () => {
    const own = graphModel('x', definition, files)
    await own.load()
    expect(await own.verify()).toBeLessThan(0.01)
    const other = graphModel('y', definition, await smallModelFiles(0.5))
    await other.load()
    expect(await other.verify()).toBeGreaterThan(1)
    const fewer = { ...definition.golden, outputs: 35 }
    const shorter = graphModel('z', { ...definition, golden: fewer }, files)
    await shorter.load()
    expect(await shorter.verify()).toBe(Infinity)
    for (const one of [own, other, shorter]) one.dispose()
  })

  it.each([
    ['boxes that are no boxes', { outputs: { boxes: 'scores', scores: 'scores' } }, /has 5 numbers, not 4/],
    ['another number of scores', { outputs: { boxes: 'boxes', scores: 'weights' } }, /4 boxes and 3 rows/],
    [
      'a picture with too many dimensions',
      { outputs: { boxes: 'boxes', scores: 'pool' } },
      /shape \[1, 2, 2, 3\]/
    ],
    ['one row alone', { outputs: { boxes: 'boxes', scores: 'biases' } }, /shape \[5\]/]
  ])('turns %s into an error, not into an empty room', async (_what, over, message) => {
    const detector = graphModel('x', { ...definition, ...over }, files)
    await detector.load()
    await expect(detector.detect(picture([red]))).rejects.toThrow(message)
    await expect(detector.verify()).rejects.toThrow(message)
    detector.dispose()
  })

  it('refuses at load what is no such model, and names what is wrong', async () => {
    const load = (over: Partial<ModelDefinition>, changed: ModelFiles = files) =>
      graphModel('x', { ...definition, ...over }, changed).load()
    const input = { ...definition.input, name: 'image' }
    await expect(load({ input })).rejects.toThrow(/no input named image; it has picture/)
    const some = new Map(files)
    some.delete('group1-shard1of1.bin')
    await expect(load({}, some)).rejects.toThrow(/group1-shard1of1.bin is missing/)
    const shard = files.get('group1-shard1of1.bin') ?? new Uint8Array()
    const short = new Map(files).set('group1-shard1of1.bin', shard.slice(4))
    await expect(load({}, short)).rejects.toThrow(/the weights claim/)
    await expect(load({}, new Map(files).set('model.json', new Uint8Array([1, 2])))).rejects.toThrow(
      ModelError
    )
    const unknown = new TextDecoder().decode(files.get('model.json')).replace('"Sigmoid"', '"Squiggle"')
    const odd = new Map(files).set('model.json', new TextEncoder().encode(unknown))
    await expect(
      (async () => {
        const detector = graphModel('x', definition, odd)
        await detector.load()
        await detector.verify()
      })()
    ).rejects.toThrow(/Squiggle/)
  })

  it('blames the graph for what cannot be read on any backend', async () => {
    const text = new TextDecoder().decode(files.get('model.json'))
    const { modelTopology, ...rest } = JSON.parse(text) as { modelTopology: object }
    for (const broken of [
      { ...modelTopology, node: 7 },
      { ...modelTopology, versions: undefined }
    ]) {
      const bytes = new TextEncoder().encode(JSON.stringify({ ...rest, modelTopology: broken }))
      const loading = graphModel('x', definition, new Map(files).set('model.json', bytes)).load()
      await expect(loading).rejects.toThrow(ModelError)
    }
  })

  it('does not blame the model when the backend cannot take its weights', async () => {
    const full = vi.spyOn(tf.backend(), 'write').mockImplementation(() => {
      throw new Error('The device is lost.')
    })
    const before = tf.memory().numTensors
    try {
      const failure: unknown = await graphModel('x', definition, files)
        .load()
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(Error)
      expect(failure).not.toBeInstanceOf(ModelError)
      expect(String(failure)).toContain('The device is lost.')
    } finally {
      full.mockRestore()
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it('never takes another decoder for its own', () => {
    const coco: ModelDefinition = { ...definition, decoder: { kind: 'coco-ssd' } }
    expect(() => detectorFor('x', coco, files)).toThrow(/in column 1; the manifest says otherwise|column/)
  })
})

describe('neededFiles', () => {
  it('names the entry and every file that it names', () => {
    expect(neededFiles('model.json', files.get('model.json') ?? new Uint8Array())).toEqual([
      'model.json',
      'group1-shard1of1.bin'
    ])
  })
})

describe('readBoxes', () => {
  const { classes, input } = {
    classes: [{ label: 'cell phone' as const, column: 1 }],
    input: {
      name: 'i',
      layout: 'NHWC' as const,
      size: 100,
      type: 'float32' as const,
      range: [0, 1] as [number, number],
      colour: 'RGB' as const
    }
  }
  const decoder = { kind: 'boxes-scores', order: 'yxyx', unit: 'share', scores: 'probability' } as const

  it('reads one box the same in every order and unit', () => {
    const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }
    const scores = Float32Array.of(0.9, 0.8)
    for (const [order, numbers] of [
      ['yxyx', [0.2, 0.1, 0.6, 0.4]],
      ['xyxy', [0.1, 0.2, 0.4, 0.6]],
      ['cxcywh', [0.25, 0.4, 0.3, 0.4]]
    ] as const)
      for (const unit of ['share', 'input-pixel'] as const) {
        const boxes = Float32Array.from(numbers, (value) => (unit === 'share' ? value : value * 100))
        const { found } = readBoxes(
          { count: 1, columns: 2, boxes, scores },
          { classes, input },
          { ...decoder, order, unit }
        )
        expect(found).toHaveLength(1)
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(found[0]?.box[key]).toBeCloseTo(box[key], 5)
      }
  })

  it('answers the best score of every asked class, and never an absence for what is not a number', () => {
    const number = fc.float({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 30 }),
        fc.option(fc.nat(29)),
        (rows, broken) => {
          const count = rows.length
          const scores = Float32Array.from(rows.flat())
          const boxes = Float32Array.from(rows.flatMap(() => [0, 0, 1, 1]))
          const read = () => readBoxes({ count, columns: 3, boxes, scores }, { classes, input }, decoder)
          if (broken !== null) {
            scores[(broken % count) * 3 + 1] = NaN
            expect(read).toThrow(/not a number/)
            return
          }
          const { found, best } = read()
          expect(best['cell phone']).toBe(Math.max(...rows.map((row) => row[1])))
          expect(found.every(({ label }) => label === 'cell phone')).toBe(true)
        }
      )
    )
  })

  it.each([
    ['a score beyond 1', [0.1, 4], [0, 0, 1, 1], /not from 0 to 1/],
    ['a box inside out', [0.1, 0.9], [1, 1, 0, 0], /ends before it begins/],
    ['a box of no numbers', [0.1, 0], [NaN, 0, 1, 1], /not made of numbers/],
    ['a box without end', [0.1, 0.9], [0, 0, Infinity, 1], /not made of numbers/],
    ['fewer scores than boxes', [0.1], [0, 0, 1, 1], /1 scores for 1 boxes/]
  ])('refuses %s', (_what, scores, boxes, message) => {
    const answers = {
      count: 1,
      columns: 2,
      boxes: Float32Array.from(boxes),
      scores: Float32Array.from(scores)
    }
    expect(() => readBoxes(answers, { classes, input }, decoder)).toThrow(message)
  })

  it('refuses a column that the model does not have', () => {
    const answers = { count: 1, columns: 1, boxes: Float32Array.of(0, 0, 1, 1), scores: Float32Array.of(0.5) }
    expect(() => readBoxes(answers, { classes, input }, decoder)).toThrow(
      /1 columns; cell phone is said to be 1/
    )
  })
})
