import { z } from 'zod'
import { enforcementSchema } from '../check/enforcement'
import { lockDownPolicySchema } from '../lock-down/policy'

/**
 * Where copied text may go. `block`: nowhere, it is emptied as soon as it is seen. `workspace`: between its applications,
 * until another window comes forward. `allow`: as the system does. Both first ones empty it at the sign-in, whenever the
 * desk is covered, and at the end.
 */
export const clipboardRuleSchema = z.enum(['block', 'workspace', 'allow'])
export type ClipboardRule = z.infer<typeof clipboardRuleSchema>

/** What is on the screen and around it while somebody works. Everything may be left out, and means then what it did. */
export const desktopPolicySchema = z.strictObject({
  lockDown: lockDownPolicySchema.optional(),
  /** Left out: `allow`, as before there was a choice. */
  clipboard: clipboardRuleSchema.optional(),
  /** Asks the system to keep the workspace out of screenshots; what follows where it cannot. Left out: it is not asked. */
  contentProtection: z.strictObject({ enforcement: enforcementSchema }).optional()
})
export type DesktopPolicy = z.infer<typeof desktopPolicySchema>
