import { z } from 'zod'
import { heldSchema, settingIdSchema } from '../../core/lock-down/setting'

const word = (pattern: RegExp): z.ZodString => z.string().max(400).regex(pattern)

/** Where the asker's desktop is, as its environment says. It is used with the asker's own rights and no others. */
export const desktopSessionSchema = z.strictObject({
  /** X display, `:0`. */
  display: word(/^[a-zA-Z0-9.-]{0,100}:\d{1,5}(\.\d{1,3})?$/).optional(),
  /** File with the display's cookie. */
  xauthority: word(/^\/[^\0\n]+$/).optional(),
  /** Address of the session's bus. */
  bus: word(/^[\x21-\x7e]+$/).optional(),
  runtimeFolder: word(/^\/[^\0\n]+$/).optional(),
  /** XDG_CURRENT_DESKTOP, `GNOME`. */
  desktop: word(/^[\w:.-]{1,100}$/).optional(),
  /** XDG_SESSION_TYPE. */
  type: z.enum(['x11', 'wayland', 'tty', 'mir', 'unspecified']).optional()
})
export type DesktopSession = z.infer<typeof desktopSessionSchema>

/**
 * Holds these settings of the asker's desktop for as long as this connection lives and asks again at least every few
 * seconds. Each question looks at all of them and sets anew what drifted. When the connection ends, however it ends,
 * everything is as it was before.
 */
export const lockDownQuestion = z.strictObject({
  id: z.uuid(),
  ask: z.literal('lock-down'),
  settings: z.array(settingIdSchema).min(1).max(20),
  session: desktopSessionSchema
})

export const lockDownReply = z.strictObject({
  kind: z.literal('lock-down'),
  id: z.uuid(),
  held: z.array(heldSchema).max(20),
  /** How many settings somebody else had changed since the question before. */
  drifted: z.number().int().nonnegative()
})
export type LockDownReply = z.infer<typeof lockDownReply>
