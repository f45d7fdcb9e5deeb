import { z } from 'zod'
import { enforcementSchema } from '../check/enforcement'
import { settingIdSchema } from './setting'

const someSettings = z.array(settingIdSchema).max(20)

/** What the desktop around the workspace is set to for the time of a shift. Left out: no setting is touched. */
export const lockDownPolicySchema = z.strictObject({
  /** What follows while it is not held: a line for IT, a warning, or a hidden desk. */
  enforcement: enforcementSchema,
  /** Which settings; left out: all. */
  settings: someSettings.min(1).optional(),
  /** Settings that need not be held where the system cannot. */
  accept: someSettings.optional()
})
export type LockDownPolicy = z.infer<typeof lockDownPolicySchema>
