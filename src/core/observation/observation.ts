import { z } from 'zod'
import { cameraTruthSchema } from './camera-truth'

/** Why a question about the room has no answer. It never counts as an absence. */
export const unknownReasonSchema = z.enum([
  'no-frame',
  'detector-failed',
  'not-asked',
  'too-dark',
  'warming-up'
])
export type UnknownReason = z.infer<typeof unknownReasonSchema>

const score = z.number().min(0).max(1)

/** One answer about one object class. `score` is the best candidate's confidence, also when below the threshold. */
export const answerSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('present'),
    score,
    /** Area of the best box as a share of the frame, 0 to 1. */
    share: z.number().min(0).max(1),
    /**
     * For how long looks have seen it, milliseconds, once more than one has: also those that did not say so, because
     * it had yet to be borne out.
     */
    forMs: z.number().min(0).max(60_000).optional()
  }),
  z.strictObject({ state: z.literal('absent'), score }),
  z.strictObject({ state: z.literal('unknown'), reason: unknownReasonSchema })
])
export type Answer = z.infer<typeof answerSchema>

/** How many people are in view. Strangers are counted, never identified. */
export const peopleSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('counted'),
    count: z.number().int().min(0).max(50),
    scores: z.array(score).max(50),
    /** Best of those at the seat that the policy draws, 0 when nobody is there. Left out: it draws none. */
    atSeat: score.optional()
  }),
  z.strictObject({ state: z.literal('unknown'), reason: unknownReasonSchema })
])
export type People = z.infer<typeof peopleSchema>

/**
 * What one camera frame told us: a few hundred bytes, no pixel and no position.
 * Its answers come from this frame, or, when `looked` is false, from the last look at an unchanged picture.
 */
export const observationSchema = z.strictObject({
  v: z.literal(1),
  /** Rises by at least one per processed frame; restarts with the sensor. */
  seq: z.number().int().nonnegative(),
  /** Milliseconds between the camera's capture of the frame and the sending of this observation. */
  ageMs: z.number().min(0).max(60_000),
  frame: z.strictObject({
    width: z.number().int().positive().max(8192),
    height: z.number().int().positive().max(8192)
  }),
  /** Name, version and first 12 hex digits of the model's hash: `coco-ssd@2.2.3#0123456789ab`. */
  model: z.string().min(1).max(80),
  backend: z.enum(['webgpu', 'webgl', 'wasm', 'cpu']),
  /** Milliseconds the pipeline spent on this frame. */
  frameMs: z.number().nonnegative().max(60_000),
  phone: answerSchema,
  book: answerSchema,
  people: peopleSchema,
  /** A laptop, a tablet or a second screen: anything beside the desk's own that shows or takes pictures. */
  screen: answerSchema,
  /** False when the picture had not changed since the last look: the answers are then those of that look. */
  looked: z.boolean(),
  /** What is known of the camera itself. */
  camera: cameraTruthSchema
})
export type Observation = z.infer<typeof observationSchema>

/** The camera as its track reports it. Anything but `live` hides the desk. */
export const cameraStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('starting') }),
  z.strictObject({
    state: z.literal('live'),
    label: z.string().max(300),
    width: z.number().int().positive().max(8192),
    height: z.number().int().positive().max(8192),
    fps: z.number().positive().max(1000)
  }),
  z.strictObject({
    state: z.literal('lost'),
    reason: z.enum(['none-found', 'denied', 'in-use', 'ended', 'no-frames', 'failed']),
    detail: z.string().max(300)
  })
])
export type CameraState = z.infer<typeof cameraStateSchema>
