import { z } from 'zod'
import { applicationPolicySchema } from '../../core/application/policy'
import { checkResultSchema } from '../../core/check/check'
import { checkRulesSchema } from '../../core/policy/checks'
import { applicationsNews, applicationsOrder } from './applications'
import { tunnelNews, tunnelOrder } from './tunnel'

/** Main to probe: run every check now and then again every `everyMs`. */
export const toProbeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    /** Comes back with each answer: what was gathered for an earlier order counts for nothing. */
    order: z.number().int().min(1),
    everyMs: z.number().int().min(1000).max(3_600_000),
    serviceSocket: z.string(),
    /** What the policy in force asks of each check. */
    rules: checkRulesSchema,
    /** What it says of programs at this desk, whoever works here; null where it says nothing. */
    applications: applicationPolicySchema.nullable()
  }),
  tunnelOrder,
  applicationsOrder
])
export type ToProbe = z.infer<typeof toProbeSchema>

export const fromProbeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('checks'),
    order: z.number().int().min(1),
    checks: z.array(checkResultSchema).max(64)
  }),
  // Only from systems whose battery Electron's own monitor does not hear of.
  z.strictObject({ kind: z.literal('power'), onBattery: z.boolean().nullable() }),
  tunnelNews,
  applicationsNews
])
export type FromProbe = z.infer<typeof fromProbeSchema>
