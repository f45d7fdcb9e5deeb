import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { foldGraph } from './fold'
import type { Graph, GraphNode, Weight } from './graph-def'
import { buildNetwork } from './network'

const text = (value: string): unknown => ({ s: Array.from(value, (letter) => letter.charCodeAt(0)) })
const spatial = {
  padding: text('SAME'),
  data_format: text('NHWC'),
  strides: { list: { i: ['1', '1', '1', '1'] } },
  dilations: { list: { i: ['1', '1', '1', '1'] } }
}
const op = (name: string, kind: string, inputs: readonly string[], attributes = {}): [string, GraphNode] => [
  name,
  { name, op: kind, inputs, attributes }
]
const weight = (shape: readonly number[], start: number): Weight => ({
  shape,
  data: Float32Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    (_, at) => Math.sin(start + at * 0.7) * 0.5
  )
})

/** Two convolutions, one of them added to the first, as a mobile network has them. */
const weights = new Map<string, Weight>([
  ['filter', weight([1, 1, 2, 3], 1)],
  ['scale', weight([3], 2)],
  ['offset', weight([3], 3)],
  ['depth', weight([3, 3, 3, 1], 4)],
  ['gamma', weight([3], 5)],
  ['beta', weight([3], 6)],
  ['mean', weight([3], 7)],
  ['variance', { shape: [3], data: Float32Array.of(0.5, 1.5, 2.5) }],
  ['project', weight([1, 1, 3, 3], 8)],
  ['late', weight([3], 9)]
])
const nodes = new Map<string, GraphNode>([
  op('conv', 'Conv2D', ['in', 'filter'], spatial),
  op('scaled', 'Mul', ['conv', 'scale']),
  op('moved', 'Add', ['scaled', 'offset']),
  op('first', 'Relu6', ['moved']),
  op('deep', 'DepthwiseConv2dNative', ['first', 'depth'], spatial),
  op('normal', 'FusedBatchNorm', ['deep', 'gamma', 'beta', 'mean', 'variance'], { epsilon: { f: 0.001 } }),
  op('second', 'Conv2D', ['normal', 'project'], spatial),
  op('sum', 'AddN', ['second', 'first']),
  op('out', 'Add', ['late', 'sum'])
])
const graph: Graph = { nodes, weights }

describe('foldGraph', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })

  it('computes the same numbers with fewer layers', () => {
    const get = (name: string): tf.Tensor => {
      const found = weights.get(name)
      if (!found) throw new Error(name)
      return tf.tensor(found.data, [...found.shape])
    }
    const input = tf.tensor4d(weight([1, 4, 4, 2], 20).data, [1, 4, 4, 2])
    const first = tf.relu6(
      tf.add<tf.Tensor4D>(
        tf.mul(tf.conv2d(input, get('filter') as tf.Tensor4D, 1, 'same'), get('scale')),
        get('offset')
      )
    )
    const deep = tf.depthwiseConv2d(first, get('depth') as tf.Tensor4D, 1, 'same')
    const normal = tf.batchNorm4d(
      deep,
      get('mean') as tf.Tensor1D,
      get('variance') as tf.Tensor1D,
      get('beta') as tf.Tensor1D,
      get('gamma') as tf.Tensor1D,
      0.001
    )
    const right = tf.add(
      tf.add(tf.conv2d(normal, get('project') as tf.Tensor4D, 1, 'same'), first),
      get('late')
    )

    const folded = foldGraph(graph, 'in', ['out'])
    expect(folded.layers).toHaveLength(4)
    const answer = buildNetwork(folded.layers, 'in', folded.outputs).run(input).dataSync()
    const expected = right.dataSync()
    expect(answer).toHaveLength(expected.length)
    answer.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? NaN, 5)
    })
  })

  it('refuses an operation it does not know, by name', () => {
    const changed = new Map(nodes).set('first', {
      name: 'first',
      op: 'Elu',
      inputs: ['moved'],
      attributes: {}
    })
    expect(() => foldGraph({ nodes: changed, weights }, 'in', ['out'])).toThrow(/Elu \(first\)/)
  })

  it('refuses to fold into a value that somebody else reads too', () => {
    const changed = new Map(nodes).set('spy', { name: 'spy', op: 'Relu6', inputs: ['conv'], attributes: {} })
    expect(() => foldGraph({ nodes: changed, weights }, 'in', ['out'])).toThrow(/Mul \(scaled\)/)
  })
})
