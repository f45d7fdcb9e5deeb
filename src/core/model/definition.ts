import { z } from 'zod'

/** The labels that rules ask for, or that a rule to come may ask for. A model's other classes are not read. */
export const modelLabels = ['person', 'cell phone', 'book', 'laptop', 'tv', 'remote'] as const
export const modelLabelSchema = z.enum(modelLabels)
export type ModelLabel = z.infer<typeof modelLabelSchema>

/** Without an answer to one of these no verdict is whole: a desk under such a model would never be shown. */
export const requiredLabels = [
  'person',
  'cell phone',
  'book',
  'laptop'
] as const satisfies readonly ModelLabel[]

/** A file of a model: a plain name, no folder. */
export const modelFileNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    'a plain file name of letters, digits, dots, hyphens, underscores'
  )

/** A node of the graph, perhaps with the number of one of its outputs. */
const nodeName = z.string().regex(/^[A-Za-z0-9_.\\/>-]{1,200}(:\d{1,3})?$/, 'the name of a node of the graph')
const value = z.number().min(-1000).max(1000)

/** How the picture enters the graph. It is stretched to a square, bilinear, without borders. */
export const modelInputSchema = z.strictObject({
  name: nodeName,
  /** Rows, then columns, then colours, one picture at a time: [1, size, size, 3]. */
  layout: z.literal('NHWC'),
  /** Pixels of each side. */
  size: z.number().int().min(32).max(1280),
  type: z.enum(['float32', 'int32']),
  /** What a colour value of 0 and one of 255 become. */
  range: z.tuple([value, value]).refine(([low, high]) => low < high, 'the first has to be below the second'),
  colour: z.enum(['RGB', 'BGR'])
})
export type ModelInput = z.infer<typeof modelInputSchema>

/** How the outputs become boxes and scores. A closed list: a decoder is code, and code comes with the program. */
export const modelDecoderSchema = z.discriminatedUnion('kind', [
  /** The graph of coco-ssd with other weights; its own pre- and postprocessor are replaced. */
  z.strictObject({ kind: z.literal('coco-ssd') }),
  /** Boxes [n, 4] and scores [n, classes], with or without a leading 1. */
  z.strictObject({
    kind: z.literal('boxes-scores'),
    /** `yxyx`: upper, left, lower, right. `xyxy`: left, upper, right, lower. `cxcywh`: centre, then size. */
    order: z.enum(['yxyx', 'xyxy', 'cxcywh']),
    /** Boxes in shares of the picture (0 to 1), or in pixels of the input. */
    unit: z.enum(['share', 'input-pixel']),
    /** Scores from 0 to 1, or what they are before their sigmoid. */
    scores: z.enum(['probability', 'logit'])
  })
])
export type ModelDecoder = z.infer<typeof modelDecoderSchema>

/**
 * What the right backend answers for the golden picture: of all raw outputs, boxes before scores, every `stride`-th.
 * A backend that differs by more than `tolerance` times the larger of 1 and the right number is not used.
 */
export const modelGoldenSchema = z.strictObject({
  outputs: z.number().int().min(5).max(8_000_000),
  stride: z.number().int().min(1).max(1_000_000),
  samples: z.array(z.number()).min(5).max(4096),
  tolerance: z.number().min(0.0001).max(0.25)
})
export type ModelGolden = z.infer<typeof modelGoldenSchema>

/** Everything that decides what a model says, beside the bytes of its files. */
export const modelDefinitionSchema = z
  .strictObject({
    format: z.literal('tfjs-graph-model'),
    /** The file that is read first: the graph and the list of the weights' files. */
    entry: modelFileNameSchema,
    input: modelInputSchema,
    outputs: z.strictObject({ boxes: nodeName, scores: nodeName }),
    decoder: modelDecoderSchema,
    /** Which column of the scores answers for which label, columns from 0. */
    classes: z
      .array(z.strictObject({ label: modelLabelSchema, column: z.number().int().min(0).max(9999) }))
      .min(1)
      .max(modelLabels.length),
    golden: modelGoldenSchema
  })
  .superRefine(({ classes, golden }, context) => {
    const labels = classes.map(({ label }) => label)
    if (new Set(labels).size !== labels.length) problem(context, ['classes'], 'a label is named twice')
    const missing = requiredLabels.filter((label) => !labels.includes(label))
    if (missing.length > 0)
      problem(
        context,
        ['classes'],
        `no column for ${missing.join(', ')}: a desk with this model would stay hidden`
      )
    if (Math.ceil(golden.outputs / golden.stride) !== golden.samples.length)
      problem(context, ['golden', 'samples'], 'not as many as outputs and stride say')
  })
export type ModelDefinition = z.infer<typeof modelDefinitionSchema>

const problem = (context: z.RefinementCtx, path: string[], message: string): void => {
  context.addIssue({ code: 'custom', path, message })
}
