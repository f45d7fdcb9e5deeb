import { z } from 'zod'
import { modelDefinitionSchema, modelFileNameSchema } from './definition'
import { modelDigest } from './digest'

/** A model may have so many files, and so many bytes in all. */
export const MAX_MODEL_FILES = 64
export const MAX_MODEL_BYTES = 256 * 1024 * 1024

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')

/** The name of the model that comes with the program. No installed one may bear it. */
export const BUILT_IN_MODEL = 'coco-ssd'

export const modelNameSchema = z
  .string()
  .regex(/^[a-z0-9](-?[a-z0-9]){0,39}$/, 'lower-case letters, digits and single hyphens, at most 40')
  .refine((name) => name !== BUILT_IN_MODEL, 'this is the name of the model that comes with the program')

/** One file, by the bytes that it must have. */
export const modelFileSchema = z.strictObject({
  path: modelFileNameSchema,
  bytes: z.number().int().positive().max(MAX_MODEL_BYTES),
  sha256: hash
})
export type ModelFile = z.infer<typeof modelFileSchema>

const figure = z.number().min(0).max(1)
const tally = z.number().int().nonnegative()
/** How well one question was answered. Precision and recall are null where nothing was there to count. */
export const modelScoresSchema = z.strictObject({
  precision: figure.nullable(),
  recall: figure.nullable(),
  f1: figure.nullable(),
  tp: tally,
  fp: tally,
  fn: tally
})

/** What `eval:vision` found with exactly these files and this definition. */
export const modelMeasuredSchema = z.strictObject({
  command: z.literal('eval:vision'),
  at: z.iso.datetime(),
  /** How many pictures the data set had. */
  images: z.number().int().positive(),
  /** The digest of what was measured. */
  digest: hash,
  scores: z.strictObject({
    phone: modelScoresSchema,
    book: modelScoresSchema,
    people: modelScoresSchema,
    scene: modelScoresSchema
  })
})
export type ModelMeasured = z.infer<typeof modelMeasuredSchema>

/** What the author of a model writes. Files, measurement, organisation and dates come when it is signed. */
export const modelDraftSchema = z.strictObject({
  schema: z.literal(1),
  name: modelNameSchema,
  /** Rises with every change of this name; a desk never goes back by itself. */
  version: z.number().int().positive().max(1_000_000_000),
  description: z.string().min(1).max(500),
  /** SPDX identifier or expression of the weights' licence. */
  licence: z.string().regex(/^[A-Za-z0-9.+() -]{1,100}$/, 'an SPDX expression'),
  /** Where the weights come from, for a person. */
  source: z.string().min(1).max(500),
  definition: modelDefinitionSchema
})
export type ModelDraft = z.infer<typeof modelDraftSchema>

/** A model as IT signs it. */
export const modelManifestSchema = modelDraftSchema
  .extend({
    organisation: z.string().min(1).max(80),
    issuedAt: z.iso.datetime(),
    /** After this it is not installed any more. Where it is, it stays. */
    expiresAt: z.iso.datetime(),
    files: z.array(modelFileSchema).min(1).max(MAX_MODEL_FILES),
    measured: modelMeasuredSchema
  })
  .superRefine(({ issuedAt, expiresAt, definition, files, measured }, context) => {
    const problem = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    const paths = files.map(({ path }) => path)
    if (new Set(paths).size !== paths.length) problem('files', 'a file is named twice')
    if (!paths.includes(definition.entry))
      problem('files', `${definition.entry}, the entry, is not among them`)
    if (files.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_MODEL_BYTES)
      problem('files', `more than ${MAX_MODEL_BYTES} bytes in all`)
    if (Date.parse(expiresAt) <= Date.parse(issuedAt)) problem('expiresAt', 'it has to be after issuedAt')
    if (measured.digest !== modelDigest(definition, files))
      problem('measured', 'another model was measured than this one')
  })
export type ModelManifest = z.infer<typeof modelManifestSchema>

/** Name, version and the start of the digest, as observations and alerts carry it: `desk-eyes@3#0123456789ab`. */
export const modelIdOf = ({ name, version, measured }: ModelManifest): string =>
  `${name}@${version}#${measured.digest.slice(0, 12)}`

/** True when it may not be installed any more. `now` is the wall clock, milliseconds since 1970. */
export const isExpired = ({ expiresAt }: ModelManifest, now: number): boolean => now >= Date.parse(expiresAt)
