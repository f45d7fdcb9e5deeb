import { foldGraph, type Layer } from '../graph/fold'
import { ModelError, type Graph } from '../graph/graph-def'

/** Size of the square picture that the model looks at. */
export const inputSize = 300
/** Outputs of the class heads per anchor: "nothing" and 90 classes. */
const allClasses = 91

const names = {
  input: 'Preprocessor/sub',
  boxes: 'concat',
  classes: 'concat_1',
  anchors: 'Postprocessor/ExpandDims',
  scale: 'Preprocessor/mul/x',
  offset: 'Preprocessor/sub/y',
  centreScale: 'ConstantFolding/Postprocessor/Decode/div_recip',
  sizeScale: 'ConstantFolding/Postprocessor/Decode/div_2_recip'
} as const

/** What is left of coco-ssd's graph: folded layers, and the constants that its pre- and postprocessor used. */
export interface CocoSsdPlan {
  readonly inputName: string
  readonly layers: readonly Layer[]
  /** Box heads, then class heads; joined they are [anchors, 4] and [anchors, asked classes]. */
  readonly outputs: readonly string[]
  /** A colour value v enters the network as v * scale + offset. */
  readonly scale: number
  readonly offset: number
  /** Per anchor: upper, left, lower, right in shares of the picture. */
  readonly anchors: Float32Array
  readonly centreScale: number
  readonly sizeScale: number
}

/** Keeps the outputs of the asked classes alone: what nobody asks is not computed. */
const onlyClasses = (layer: Layer, asked: readonly number[]): Layer => {
  if (layer.kind !== 'convolution') throw new ModelError(`The class head ${layer.name} is no convolution.`)
  const [height = 0, width = 0, from = 0, to = 0] = layer.filter.shape
  if (to % allClasses !== 0)
    throw new ModelError(`The class head ${layer.name} has ${to} outputs, not a multiple of 91.`)
  const kept = Array.from({ length: to / allClasses }, (_, anchor) =>
    asked.map((index) => anchor * allClasses + index)
  ).flat()
  const rows = layer.filter.data.length / to
  const data = new Float32Array(rows * kept.length)
  for (let row = 0; row < rows; row += 1)
    kept.forEach((channel, at) => (data[row * kept.length + at] = layer.filter.data[row * to + channel] ?? 0))
  return {
    ...layer,
    filter: { shape: [height, width, from, kept.length], data },
    bias: Float32Array.from(kept, (channel) => layer.bias[channel] ?? 0)
  }
}

/**
 * Folds coco-ssd's graph. `asked` are rows of the model's class table (`classIndexOf`).
 * Throws `ModelError` when the graph is not the one this was written for.
 */
export const planCocoSsd = (graph: Graph, asked: readonly number[]): CocoSsdPlan => {
  const constant = (name: string): Float32Array => {
    const weight = graph.weights.get(name)
    if (!weight) throw new ModelError(`The model has no constant named ${name}.`)
    return weight.data
  }
  const single = (name: string): number => constant(name)[0] ?? NaN
  /** The convolutions that a head's joint gathers, behind their reshapes. */
  const gathered = (joint: string): readonly string[] =>
    (graph.nodes.get(joint)?.inputs ?? []).flatMap((input) => {
      const reshape = graph.nodes.get(input)
      return reshape?.op === 'Reshape' ? reshape.inputs.slice(0, 1) : []
    })

  const boxHeads = gathered(names.boxes)
  const classHeads = gathered(names.classes)
  if (boxHeads.length === 0 || boxHeads.length !== classHeads.length)
    throw new ModelError('The graph has no box and class heads where coco-ssd has them.')
  const folded = foldGraph(graph, names.input, [...boxHeads, ...classHeads])
  const narrowed = new Set(folded.outputs.slice(boxHeads.length))
  return {
    inputName: names.input,
    layers: folded.layers.map((layer) => (narrowed.has(layer.name) ? onlyClasses(layer, asked) : layer)),
    outputs: folded.outputs,
    scale: single(names.scale),
    offset: -single(names.offset),
    anchors: constant(names.anchors),
    centreScale: single(names.centreScale),
    sizeScale: single(names.sizeScale)
  }
}
