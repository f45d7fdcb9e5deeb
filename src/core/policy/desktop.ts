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

/** Whether pages of the workspace may print: with it goes all that a print dialog offers, a file on the disk too. */
export const printingRuleSchema = z.enum(['block', 'allow'])
export type PrintingRule = z.infer<typeof printingRuleSchema>

/** What is on the screen and around it while somebody works. Everything may be left out; what that means stands with each. */
export const desktopPolicySchema = z.strictObject({
  lockDown: lockDownPolicySchema.optional(),
  /** Left out: `allow`, as before there was a choice. */
  clipboard: clipboardRuleSchema.optional(),
  /** Left out: `block`. What a tab shows is printed only where IT says so. */
  printing: printingRuleSchema.optional(),
  /** The person's name and the time over every tab. Left out: it is there. */
  watermark: z.enum(['on', 'off']).optional(),
  /** Asks the system to keep the workspace out of screenshots; what follows where it cannot. Left out: it is not asked. */
  contentProtection: z.strictObject({ enforcement: enforcementSchema }).optional()
})
export type DesktopPolicy = z.infer<typeof desktopPolicySchema>

/** Unknown is never allowed: without a policy, and without a word in it, nothing prints. */
export const printingRuleOf = (
  policy: { readonly desktop?: DesktopPolicy | undefined } | null
): PrintingRule => policy?.desktop?.printing ?? 'block'
