import { z } from 'zod'
import { applicationLayerSchema } from '../application/rule'
import {
  cameraRuleSchema,
  escalationSchema,
  sceneRuleSchema,
  type CameraRuleId,
  type JudgedRuleId,
  type SceneRuleId
} from '../judgement/rule'
import { ownRoomSchema } from './room'

/** Only what differs from the layer below. `escalate: null` takes an escalation away. */
const escalate = escalationSchema.nullable().optional()
const sceneOverride = sceneRuleSchema.partial().extend({ escalate })
const cameraOverride = cameraRuleSchema.partial().extend({ escalate })
/** What the sensor looks for is settled by team, so that the hub can hold it against the policy: no `threshold` here. */
const personSceneOverride = sceneOverride.omit({ threshold: true })

const cameraOverrides = {
  'camera-covered': cameraOverride,
  'camera-dark': cameraOverride,
  'camera-blurred': cameraOverride,
  'camera-frozen': cameraOverride,
  'camera-looped': cameraOverride,
  'camera-photo': cameraOverride,
  'camera-virtual': cameraOverride,
  'camera-moved': cameraOverride,
  'camera-weak': cameraOverride
} satisfies Record<CameraRuleId, z.ZodType>

export const ruleOverridesSchema = z
  .strictObject({
    phone: sceneOverride,
    book: sceneOverride,
    'second-person': sceneOverride,
    nobody: sceneOverride,
    'second-screen': sceneOverride,
    ...cameraOverrides
  } satisfies Record<JudgedRuleId, z.ZodType>)
  .partial()
export type RuleOverrides = z.infer<typeof ruleOverridesSchema>

const personOverridesSchema = z
  .strictObject({
    phone: personSceneOverride,
    book: personSceneOverride,
    'second-person': personSceneOverride,
    nobody: personSceneOverride,
    'second-screen': personSceneOverride,
    ...cameraOverrides
  } satisfies Record<SceneRuleId | CameraRuleId, z.ZodType>)
  .partial()

/** What nobody below may do otherwise. */
export const lockedSchema = z.strictObject({
  rules: ruleOverridesSchema,
  /** An accommodation may relax rules that this names. Left out: none may. */
  accommodationsMayRelax: z.boolean().optional()
})
export type Locked = z.infer<typeof lockedSchema>

/** What one team does otherwise than its organisation, and what none of its people may do otherwise than it. */
export const teamSchema = z.strictObject({
  rules: ruleOverridesSchema.optional(),
  locked: lockedSchema.optional(),
  /** Which programs the team may run otherwise. What the organisation locks stays. */
  applications: applicationLayerSchema.optional()
})
export type Team = z.infer<typeof teamSchema>

export const teamsSchema = z.record(z.string().min(1).max(80), teamSchema)
export type Teams = z.infer<typeof teamsSchema>

/** What is otherwise for one person. */
const personSchema = z.strictObject({
  rules: personOverridesSchema,
  /** Which programs the person may run otherwise. */
  applications: applicationLayerSchema.optional(),
  /** The room they work in, over what the organisation says of rooms. */
  room: ownRoomSchema.optional()
})
export type Person = z.infer<typeof personSchema>
/**
 * By the e-mail address that the person types at the desk, in small letters: an id is the hub's word, and a hub that was
 * taken over would name whoever has the mildest rules.
 */
const addressSchema = z
  .email()
  .max(200)
  .refine((one) => one === one.toLowerCase(), 'write the address in small letters')
export const peopleSchema = z.record(addressSchema, personSchema)
export type People = z.infer<typeof peopleSchema>
