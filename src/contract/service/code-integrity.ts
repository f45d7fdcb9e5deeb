import { z } from 'zod'

/** How Windows holds programs to its policies for code integrity (WDAC). Only an administrator may list them. */
export const codeIntegrityQuestion = z.strictObject({ id: z.uuid(), ask: z.literal('code-integrity') })

export const codeIntegrityReply = z.strictObject({
  kind: z.literal('code-integrity'),
  id: z.uuid(),
  /** Win32_DeviceGuard.UsermodeCodeIntegrityPolicyEnforcementStatus: 0 off, 1 notes, 2 enforces; null when it is not told. */
  usermode: z.number().int().min(0).max(2).nullable(),
  /** The policies that are in force, Windows' own left out. */
  policies: z.array(z.strictObject({ id: z.string().max(40), name: z.string().max(120) })).max(32)
})
export type CodeIntegrity = Pick<z.infer<typeof codeIntegrityReply>, 'usermode' | 'policies'>
