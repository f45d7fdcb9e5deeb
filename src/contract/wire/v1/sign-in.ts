import { z } from 'zod'
import { meSchema } from './console'

/** How people get into the console, version 1. Every POST carries the console's header. */

/** How a session began. */
export const signInMethodSchema = z.enum(['password', 'code', 'recovery-code', 'passkey', 'provider'])
export type SignInMethod = z.infer<typeof signInMethodSchema>

/** GET /console/v1/sign-in/ways: what the sign-in page offers. */
export const waysSchema = z.strictObject({
  /** Providers that IT set up, with what their button says. */
  providers: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  /** True while this browser has shown its first factor and owes the second. */
  owesCode: z.boolean()
})
export type Ways = z.infer<typeof waysSchema>

/**
 * What POST /console/v1/sign-in answers beside `meSchema`: the password is right, and a code is wanted from
 * POST /console/v1/sign-in/code. A cookie says for five minutes whose it is.
 */
export const owesCodeSchema = z.strictObject({ owes: z.literal('code') })
export const signInReplySchema = z.union([meSchema, owesCodeSchema])
export type SignInReply = z.infer<typeof signInReplySchema>

/** POST /console/v1/sign-in/code: six digits of the app, or one recovery code. Answers `meSchema`. */
export const codeSchema = z.strictObject({ code: z.string().trim().min(6).max(40) })

/** POST /console/v1/sign-in/passkey/begin answers what the browser needs; its own JSON form of WebAuthn. */
export const webAuthnOptionsSchema = z.looseObject({ challenge: z.string().min(20).max(200) })

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)
const answer = {
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
  clientExtensionResults: z.looseObject({})
}

/** POST /console/v1/sign-in/passkey: what the browser's `get` gave. Answers `meSchema`. */
export const assertionSchema = z.strictObject({
  ...answer,
  response: z.strictObject({
    clientDataJSON: base64url.max(4000),
    authenticatorData: base64url.max(4000),
    signature: base64url.max(2000),
    userHandle: base64url.max(200).optional()
  })
})
export type Assertion = z.infer<typeof assertionSchema>

/** What the browser's `create` gave; some of it is said twice there, and left unread. */
export const attestationResponseSchema = z.strictObject({
  ...answer,
  response: z.strictObject({
    clientDataJSON: base64url.max(4000),
    attestationObject: base64url.max(9000),
    authenticatorData: base64url.max(4000).optional(),
    transports: z.array(z.string().max(20)).max(8).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: base64url.max(4000).optional()
  })
})

/** POST /console/v1/sign-in/provider/:id: where the browser goes to sign in; it comes back to …/callback. */
export const providerStartSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }) })

/**
 * Why a provider's sign-in was refused, as far as its person has to know: `why` in the address of the console's page
 * `/sign-in/refused`, to which the callback leads then. `set-up` is IT's to mend.
 */
export const providerRefusalSchema = z.enum([
  'not-here',
  'email-unverified',
  'no-email',
  'shut-out',
  'linked',
  'too-late',
  'not-proven',
  'set-up'
])
export type ProviderRefusal = z.infer<typeof providerRefusalSchema>
