import { z } from 'zod'

/**
 * What a desktop is set to for the time of a shift. Each is one thing that a person would understand; which settings of
 * the system it takes is the platform's to know (`src/device/<system>/lock-down`).
 */
export const settingIdSchema = z.enum([
  /** The PrintScreen key, and what the desktop does by it. */
  'screenshots',
  /** Keys of the desktop that raise, switch, move or close windows. */
  'window-keys',
  /** Notes of other programs over the work. */
  'notifications',
  /** Printing from the desktop's programs. */
  'printing',
  /** Another person's session on the same screen. */
  'user-switching',
  /** A line to start programs by. */
  'run-dialog',
  /** Drives that open by themselves. */
  'removable-media',
  /** The system's own lock after a time without input. */
  'screen-lock',
  /** Programs of others, or of other computers, on this display. */
  'display-access',
  /** Copies of what was copied, and the clipboard of other devices. */
  'clipboard-history'
])
export type SettingId = z.infer<typeof settingIdSchema>
export const settingIds: readonly SettingId[] = settingIdSchema.options

/**
 * How a setting stands. `held`: set, and read back as set. `degraded`: this system cannot, and `detail` says why.
 * `failed`: it can, and did not.
 */
export const heldSchema = z.strictObject({
  setting: settingIdSchema,
  state: z.enum(['held', 'degraded', 'failed']),
  /** In the machine's own words; empty where there is nothing to say. */
  detail: z.string().max(200)
})
export type Held = z.infer<typeof heldSchema>
