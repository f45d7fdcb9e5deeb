import {
  ModelError,
  numberAttribute,
  numbersAttribute,
  textAttribute,
  type Graph,
  type GraphNode,
  type Weight
} from './graph-def'

/** A convolution with everything that followed it folded in: scale, normalisation, bias, activation. */
export interface ConvolutionLayer {
  readonly kind: 'convolution' | 'depthwise'
  readonly name: string
  readonly input: string
  readonly stride: readonly [number, number]
  /** [height, width, in, out], or [height, width, channels, 1] when depthwise. */
  readonly filter: Weight
  /** One per output channel. */
  readonly bias: Float32Array
  readonly activation: 'linear' | 'relu6'
}

/** The sum of two layers of equal shape. */
export interface SumLayer {
  readonly kind: 'sum'
  readonly name: string
  readonly inputs: readonly [string, string]
}

/** The channels of several layers of equal height and width, one after the other. */
export interface JoinLayer {
  readonly kind: 'join'
  readonly name: string
  readonly inputs: readonly string[]
}

/** A layer stretched to `size` x `size` by repeating its nearest values. */
export interface WidenLayer {
  readonly kind: 'widen'
  readonly name: string
  readonly input: string
  readonly size: number
}

/** What a fold yields. */
export type FoldedLayer = ConvolutionLayer | SumLayer
/** What a network computes: folded layers, and what our own heads add to them. */
export type Layer = FoldedLayer | JoinLayer | WidenLayer

type Draft =
  | { -readonly [K in keyof ConvolutionLayer]: ConvolutionLayer[K] }
  | { -readonly [K in keyof SumLayer]: SumLayer[K] }
type ConvolutionDraft = Extract<Draft, { input: string }>

/**
 * Turns the part of a graph between `input` and `outputs` into the fewest layers that compute the same numbers:
 * scales, additions, batch normalisations and biases go into the filters, activations into the layer before.
 * Answers the layers in the order of their work and, per asked output, the layer that holds it.
 * Throws `ModelError` on any operation it can't fold exactly.
 */
export const foldGraph = (
  graph: Graph,
  input: string,
  outputs: readonly string[]
): { readonly layers: readonly FoldedLayer[]; readonly outputs: readonly string[] } => {
  const layers = new Map<string, Draft>()
  /** Graph name to the layer that holds its value. */
  const held = new Map<string, string>([[input, input]])
  /** Per sum, the graph's names of what it adds. */
  const summands = new Map<string, readonly string[]>()
  const uses = countUses(graph)

  const constant = (name: string): Weight | undefined => graph.weights.get(name)
  const node = (name: string): GraphNode => {
    const found = graph.nodes.get(name)
    if (!found) throw new ModelError(`The graph has no operation named ${name}.`)
    return found
  }
  const unknown = (at: GraphNode): ModelError =>
    new ModelError(`The graph's operation ${at.op} (${at.name}) can't be folded by this decoder.`)

  const layerOf = (name: string): string => {
    const known = held.get(name)
    if (known !== undefined) return known
    const layer = fold(node(name))
    held.set(name, layer)
    return layer
  }

  /** The convolution behind `value`, if this operation is the only reader of it and may be folded into it. */
  const openConvolution = (value: string, reader: GraphNode): ConvolutionDraft => {
    const draft = layers.get(layerOf(value))
    if (!draft || draft.kind === 'sum' || draft.activation !== 'linear' || uses.get(value) !== 1)
      throw unknown(reader)
    return draft
  }

  const convolution = (at: GraphNode): string => {
    const [value, filterName] = at.inputs
    const filter = filterName === undefined ? undefined : constant(filterName)
    const strides = numbersAttribute(at, 'strides')
    const dilated = numbersAttribute(at, 'dilations').some((dilation) => dilation !== 1)
    const depthwise = at.op !== 'Conv2D'
    if (!filter || value === undefined || dilated || textAttribute(at, 'padding') !== 'SAME')
      throw unknown(at)
    if (textAttribute(at, 'data_format') !== 'NHWC' || (depthwise && filter.shape[3] !== 1)) throw unknown(at)
    layers.set(at.name, {
      kind: depthwise ? 'depthwise' : 'convolution',
      name: at.name,
      input: layerOf(value),
      stride: [strides[1] ?? 1, strides[2] ?? 1],
      filter,
      bias: new Float32Array(filter.shape[depthwise ? 2 : 3] ?? 0),
      activation: 'linear'
    })
    return at.name
  }

  const scaleInto = (draft: ConvolutionDraft, scale: (channel: number) => number): void => {
    const channels = draft.bias.length
    draft.filter = {
      shape: draft.filter.shape,
      data: draft.filter.data.map((w, at) => w * scale(at % channels))
    }
    draft.bias = draft.bias.map((b, channel) => b * scale(channel))
  }
  const addInto = (draft: ConvolutionDraft, offset: (channel: number) => number): void => {
    draft.bias = draft.bias.map((b, channel) => b + offset(channel))
  }
  /** A constant per channel, or one for all. */
  const perChannel = (weight: Weight, channels: number, at: GraphNode): ((channel: number) => number) => {
    if (weight.data.length !== channels && weight.data.length !== 1) throw unknown(at)
    return (channel) => weight.data[weight.data.length === 1 ? 0 : channel] ?? 0
  }

  const arithmetic = (at: GraphNode): string => {
    const [first = '', second = ''] = at.inputs
    const value = constant(first) ? second : first
    const weight = constant(first) ?? constant(second)
    if (!weight) return sum(at)
    const behind = layers.get(layerOf(value))
    if (behind?.kind === 'sum' && at.op !== 'Mul' && uses.get(value) === 1) {
      // (convolution + other) + constant: the constant goes into the convolution.
      for (const summand of summands.get(behind.name) ?? []) {
        const open = layers.get(layerOf(summand))
        if (open?.kind !== 'convolution' || open.activation !== 'linear' || uses.get(summand) !== 1) continue
        addInto(open, perChannel(weight, open.bias.length, at))
        return behind.name
      }
      throw unknown(at)
    }
    const draft = openConvolution(value, at)
    const values = perChannel(weight, draft.bias.length, at)
    if (at.op === 'Mul') scaleInto(draft, values)
    else addInto(draft, values)
    return draft.name
  }

  const sum = (at: GraphNode): string => {
    const [first, second] = at.inputs
    if (at.op === 'Mul' || at.inputs.length !== 2 || first === undefined || second === undefined)
      throw unknown(at)
    layers.set(at.name, { kind: 'sum', name: at.name, inputs: [layerOf(first), layerOf(second)] })
    summands.set(at.name, at.inputs)
    return at.name
  }

  const normalisation = (at: GraphNode): string => {
    const [value = '', ...names] = at.inputs
    const [gamma, beta, mean, variance] = names.map(constant)
    if (!gamma || !beta || !mean || !variance) throw unknown(at)
    const draft = openConvolution(value, at)
    const epsilon = numberAttribute(at, 'epsilon') ?? 0.001
    const scale = (c: number): number => (gamma.data[c] ?? 0) / Math.sqrt((variance.data[c] ?? 0) + epsilon)
    scaleInto(draft, scale)
    addInto(draft, (c) => (beta.data[c] ?? 0) - (mean.data[c] ?? 0) * scale(c))
    return draft.name
  }

  const fold = (at: GraphNode): string => {
    switch (at.op) {
      case 'Conv2D':
      case 'DepthwiseConv2dNative':
        return convolution(at)
      case 'Add':
      case 'AddV2':
      case 'AddN':
      case 'BiasAdd':
      case 'Mul':
        return arithmetic(at)
      case 'FusedBatchNorm':
      case 'FusedBatchNormV3':
        return normalisation(at)
      case 'Relu6': {
        const draft = openConvolution(at.inputs[0] ?? '', at)
        draft.activation = 'relu6'
        return draft.name
      }
      default:
        throw unknown(at)
    }
  }

  const asked = outputs.map(layerOf)
  return { layers: [...layers.values()], outputs: asked }
}

const countUses = ({ nodes }: Graph): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>()
  // A look at the shape alone is no use of the numbers.
  for (const { op, inputs } of nodes.values())
    if (op !== 'Shape') for (const input of inputs) uses.set(input, (uses.get(input) ?? 0) + 1)
  return uses
}
