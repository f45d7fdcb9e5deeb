import { z } from 'zod'
import { checkStateSchema } from '../../../core/check/check'
import { enforcementSchema } from '../../../core/check/enforcement'
import { trustSchema } from './console'
import { keyClassSchema } from './device'

/** What IT sees of and does with the computers of its organisation, at the console. */

const instant = z.iso.datetime()

/** By what the list of computers can be put in order. */
export const deviceSortSchema = z.enum([
  'label',
  'team',
  'key',
  'trust',
  'heard',
  'version',
  'policy',
  'problems'
])
export type DeviceSort = z.infer<typeof deviceSortSchema>

/** So many computers are on one page of the list. */
export const DEVICES_A_PAGE = 50

/** GET /console/v1/devices */
export const deviceQuerySchema = z.strictObject({
  /** Part of a label, a team, the computer's own name, or the id. */
  search: z.string().trim().max(80).default(''),
  /** Only those at which this check does not pass. */
  check: z.string().min(1).max(64).optional(),
  /** `all`: also those that were shut out. */
  show: z.enum(['current', 'all']).default('current'),
  sort: deviceSortSchema.default('label'),
  order: z.enum(['up', 'down']).default('up'),
  page: z.coerce.number().int().min(0).max(100_000).default(0)
})
export type DeviceQuery = z.infer<typeof deviceQuerySchema>

/** A check that does not pass, as the desk told it last. */
export const problemSchema = z.strictObject({
  check: z.string(),
  state: checkStateSchema,
  /** What follows from it by the policy at the desk; absent where nothing was said of it. */
  enforcement: enforcementSchema.optional()
})
export type Problem = z.infer<typeof problemSchema>

/** One computer, as IT sees it. */
export const deviceRowSchema = z.strictObject({
  workstation: z.uuid(),
  label: z.string(),
  /** What the computer calls itself: a label, never proof. */
  hostLabel: z.string(),
  team: z.string(),
  simulated: z.boolean(),
  keyClass: keyClassSchema,
  trust: trustSchema,
  /** Since when: its newest attestation, its quarantine or its end; null where there is none of them. */
  trustSince: instant.nullable(),
  enrolledAt: instant,
  lastHeard: instant.nullable(),
  /** True while the hub misses its reports. */
  isSilent: z.boolean(),
  /** The client's version, as it said last. */
  version: z.string(),
  /** The policy in force at the desk; 0 before its first. */
  policyVersion: z.number().int().nonnegative(),
  /** The worst first; null while the hub has no word from the desk, or no reason to believe it. */
  problems: z.array(problemSchema).nullable()
})
export type DeviceRow = z.infer<typeof deviceRowSchema>

/** Answer to GET /console/v1/devices: one page. */
export const deviceListSchema = z.strictObject({
  /** How many the query finds, on all pages. */
  total: z.number().int().nonnegative(),
  /** How many the organisation has that are not shut out. */
  current: z.number().int().nonnegative(),
  page: z.number().int().nonnegative(),
  /** The policy that desks are handed; 0 while there is none. */
  policyInForce: z.number().int().nonnegative(),
  devices: z.array(deviceRowSchema)
})
export type DeviceList = z.infer<typeof deviceListSchema>

const count = z.number().int().nonnegative()

/** GET /console/v1/devices/posture: what fails where, over all that are not shut out. */
export const postureSchema = z.strictObject({
  /** Desks whose word counts, and those that are silent or not believed: nothing that these said is in the figures. */
  counted: count,
  silent: count,
  disbelieved: count,
  /** The one that fails most first. */
  checks: z.array(
    z.strictObject({
      check: z.string(),
      pass: count,
      fail: count,
      /** Neither passes nor fails: `unknown`, `error` or `stale`. */
      unproven: count
    })
  )
})
export type Posture = z.infer<typeof postureSchema>

/** Why a computer is shut out. */
export const revokeReasonSchema = z.enum(['lost', 'stolen', 'copied', 'replaced', 'returned', 'other'])
export type RevokeReason = z.infer<typeof revokeReasonSchema>

/** POST /console/v1/devices/:id/revoke. POST /console/v1/devices/:id/release takes nothing. */
export const revokeDeviceSchema = z.strictObject({ reason: revokeReasonSchema })
export type RevokeDevice = z.infer<typeof revokeDeviceSchema>
