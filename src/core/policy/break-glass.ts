import { z } from 'zod'
import { waivableCheckSchema } from '../break-glass/request'
import { signingKeySchema } from '../trust/signed'

/** The longest that one check can be waived for, minutes (45 CFR 164.312(a)(2)(ii) asks for a procedure; the limit is ours). */
export const MAX_WAIVED_MINUTES = 60

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** What an approver signs grants with. */
export const approverKeySchema = z.discriminatedUnion('kind', [
  /** A key file of IT's, used on the command line. */
  z.strictObject({ kind: z.literal('ed25519'), ...signingKeySchema.shape }),
  /** A security key or passkey (WebAuthn level 2, ES256), used in the console: each signature takes a person's touch. */
  z.strictObject({
    kind: z.literal('passkey'),
    /** The credential's id, base64url. */
    credential: base64url.max(1400),
    /** The public key as SubjectPublicKeyInfo, base64url: P-256. */
    publicKey: base64url.min(100).max(200),
    /** The host name of the console that it was made for. */
    rpId: z.string().regex(/^[a-z0-9.-]{1,253}$/, 'a host name in lower case')
  })
])
export type ApproverKey = z.infer<typeof approverKeySchema>

export const approverSchema = z.strictObject({
  /** What the approver signs in with, in lower case. */
  email: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[^\sA-Z]+@[^\sA-Z]+$/, 'an e-mail address in lower case'),
  key: approverKeySchema
})
export type Approver = z.infer<typeof approverSchema>

/**
 * Break-glass: who may waive which check of the computer for how long, on request of a desk. Left out: nobody may. The
 * VPN, the camera and the program's own files are not checks in this sense and are never waived.
 */
export const breakGlassPolicySchema = z
  .strictObject({
    approvers: z.array(approverSchema).min(1).max(64),
    checks: z.array(waivableCheckSchema).min(1),
    /** Minutes. */
    maxMinutes: z.number().int().min(1).max(MAX_WAIVED_MINUTES)
  })
  .check(({ value, issues }) => {
    const keys = value.approvers.map(({ key }) => key.publicKey)
    value.approvers.forEach(({ key }, index) => {
      if (keys.indexOf(key.publicKey) === index) return
      const message = 'another approver has this key: each person signs with a key of their own'
      issues.push({ code: 'custom', path: ['approvers', index, 'key'], message, input: key.publicKey })
    })
  })
export type BreakGlassPolicy = z.infer<typeof breakGlassPolicySchema>
