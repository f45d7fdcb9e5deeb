import * as tf from '@tensorflow/tfjs'
import type { ConvolutionLayer, Layer } from './fold'
import { ModelError } from './graph-def'

type Prepared =
  | { readonly layer: Exclude<Layer, ConvolutionLayer> }
  | { readonly layer: ConvolutionLayer; readonly filter: tf.Tensor4D; readonly bias: tf.Tensor1D }

/**
 * Folded layers with their weights on the backend that is current when it is made.
 * `run` leaves no tensor behind but the one it answers; `dispose` frees the weights.
 */
export interface Network {
  /** All outputs, flattened and joined in the order they were asked for. The caller disposes it. */
  run(input: tf.Tensor4D): tf.Tensor1D
  dispose(): void
}

export const buildNetwork = (
  layers: readonly Layer[],
  inputName: string,
  outputs: readonly string[]
): Network => {
  const prepared = layers.map((layer): Prepared =>
    'filter' in layer
      ? {
          layer,
          filter: tf.tensor4d(layer.filter.data, asShape4(layer.filter.shape)),
          bias: tf.tensor1d(layer.bias)
        }
      : { layer }
  )

  const apply = (step: Prepared, value: (name: string) => tf.Tensor4D): tf.Tensor4D => {
    if (!('filter' in step)) return joined(step.layer, value)
    const { layer, filter, bias } = step
    const convolve = layer.kind === 'depthwise' ? tf.fused.depthwiseConv2d : tf.fused.conv2d
    return convolve({
      x: value(layer.input),
      filter,
      bias,
      strides: [layer.stride[0], layer.stride[1]],
      pad: 'same',
      activation: layer.activation
    })
  }

  const joined = (
    layer: Exclude<Layer, ConvolutionLayer>,
    value: (name: string) => tf.Tensor4D
  ): tf.Tensor4D => {
    switch (layer.kind) {
      case 'sum':
        return tf.add(value(layer.inputs[0]), value(layer.inputs[1]))
      case 'join':
        return tf.concat4d(layer.inputs.map(value), 3)
      case 'widen':
        return tf.image.resizeNearestNeighbor(value(layer.input), [layer.size, layer.size])
    }
  }

  return {
    run: (input) =>
      tf.tidy(() => {
        const values = new Map<string, tf.Tensor4D>([[inputName, input]])
        const value = (name: string): tf.Tensor4D => {
          const found = values.get(name)
          if (!found) throw new ModelError(`The layer ${name} was asked for before it was computed.`)
          return found
        }
        for (const step of prepared) values.set(step.layer.name, apply(step, value))
        return tf.concat1d(outputs.map((name) => tf.reshape(value(name), [-1])))
      }),
    dispose: () => {
      for (const step of prepared) {
        if (!('filter' in step)) continue
        step.filter.dispose()
        step.bias.dispose()
      }
    }
  }
}

const asShape4 = ([height = 0, width = 0, from = 0, to = 0]: readonly number[]): [
  number,
  number,
  number,
  number
] => [height, width, from, to]
