import { z } from 'zod'

/** No policy may let a desk go on without its hub for longer. */
export const MAX_OFFLINE_HOURS = 24

/**
 * Signing in while the hub is away. Left out: nobody can. It is for the person who signed in last at this desk, and
 * counts from when the hub last said that they may work there.
 */
export const offlineSignInSchema = z.strictObject({
  /** Hours; never longer than `hubGraceMs` in effect. */
  maxHours: z.number().int().min(1).max(MAX_OFFLINE_HOURS)
})
