import { z } from 'zod'

/** How long a session at a desk goes on by itself. */
export const sessionPolicySchema = z.strictObject({
  /**
   * Minutes without keyboard or mouse after which the hub ends the session (45 CFR 164.312(a)(2)(iii), automatic
   * logoff). Heartbeats don't count.
   */
  idleMinutes: z.number().int().min(2).max(480)
})
