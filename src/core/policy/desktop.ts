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

const pageRuleSchema = z.enum(['block', 'allow'])
type PageRule = z.infer<typeof pageRuleSchema>

/** What pages of the workspace may. */
export interface PageRules {
  /** With printing goes all that a print dialog offers, a file on the disk too. */
  readonly printing: PageRule
  /** Files of the computer, by a file field, dropped or pasted. */
  readonly uploads: PageRule
}

/** What is on the screen and around it while somebody works. Everything may be left out; what that means stands with each. */
export const desktopPolicySchema = z.strictObject({
  lockDown: lockDownPolicySchema.optional(),
  /** Left out: `allow`, as before there was a choice. */
  clipboard: clipboardRuleSchema.optional(),
  /** Left out: `block`. What a tab shows is printed only where IT says so. */
  printing: pageRuleSchema.optional(),
  /** Left out: `block`. Pages are given files of the computer only where IT says so. */
  uploads: pageRuleSchema.optional(),
  /** The person's name and the time over every tab. Left out: it is there. */
  watermark: z.enum(['on', 'off']).optional(),
  /** Asks the system to keep the workspace out of screenshots; what follows where it cannot. Left out: it is not asked. */
  contentProtection: z.strictObject({ enforcement: enforcementSchema }).optional()
})
export type DesktopPolicy = z.infer<typeof desktopPolicySchema>

/** Unknown is never allowed: without a policy, and without a word in it, nothing prints and nothing is given. */
export const pageRulesOf = (policy: { readonly desktop?: DesktopPolicy | undefined } | null): PageRules => ({
  printing: policy?.desktop?.printing ?? 'block',
  uploads: policy?.desktop?.uploads ?? 'block'
})
