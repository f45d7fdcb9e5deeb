import { z } from 'zod'
import { rulesSchema } from '../judgement/rule'
import { sensorLimitFields } from './sensor-limits'

/** A web application of the workspace. `url` is where it starts; its origin is the only one it may reach. */
export const applicationSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens, at most 40'),
  title: z.string().min(1).max(60),
  url: z.url({ protocol: /^https?$/ })
})
export type Application = z.infer<typeof applicationSchema>

/** Version 1 of what a desk must be. Authored by IT as YAML, signed as canonical JSON. Unknown fields are refused. */
export const policySchema = z.strictObject({
  schema: z.literal(1),
  organisation: z.string().min(1).max(80),
  /** Rises with every change; a device never goes back. */
  version: z.number().int().positive(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  sensor: z.strictObject({
    /** Longest silence of the sensor before the desk hides, milliseconds. Three seconds is the product's promise. */
    maxGapMs: z.number().int().min(500).max(3000),
    ...sensorLimitFields
  }),
  rules: rulesSchema,
  workspace: z.strictObject({ applications: z.array(applicationSchema).min(1).max(20) }),
  /** How long signed-in desks go on without the hub before they hide, milliseconds; at most a day. */
  hubGraceMs: z.number().int().min(0).max(86_400_000)
})
export type Policy = z.infer<typeof policySchema>
