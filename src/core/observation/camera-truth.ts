import { z } from 'zod'

/** What can be wrong with a camera that delivers pictures. Each is a question of its own. */
export const cameraVerdictSchema = z.enum([
  'covered',
  'dark',
  'blurred',
  'frozen',
  'looped',
  'photo',
  'virtual',
  'moved',
  'weak'
])
export type CameraVerdict = z.infer<typeof cameraVerdictSchema>

/** The answer to one of them. `unknown` means not asked or not answerable: it never counts as `clear`. */
export const truthSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('clear') }),
  z.strictObject({
    state: z.literal('holds'),
    /** How sure the sensor is, 0 to 1. */
    score: z.number().min(0).max(1),
    /** For how long it has held without a break, milliseconds. */
    forMs: z.number().nonnegative()
  }),
  z.strictObject({ state: z.literal('unknown') })
])
export type Truth = z.infer<typeof truthSchema>

/** One answer per verdict. */
export const cameraTruthSchema = z.strictObject({
  covered: truthSchema,
  dark: truthSchema,
  blurred: truthSchema,
  frozen: truthSchema,
  looped: truthSchema,
  photo: truthSchema,
  virtual: truthSchema,
  moved: truthSchema,
  weak: truthSchema
} satisfies Record<CameraVerdict, typeof truthSchema>)
export type CameraTruth = z.infer<typeof cameraTruthSchema>

const unknown: Truth = { state: 'unknown' }

/** Nothing is known of the camera: what is said before anything was asked. */
export const nothingKnown: CameraTruth = {
  covered: unknown,
  dark: unknown,
  blurred: unknown,
  frozen: unknown,
  looped: unknown,
  photo: unknown,
  virtual: unknown,
  moved: unknown,
  weak: unknown
}
