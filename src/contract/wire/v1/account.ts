import { z } from 'zod'
import { consoleRoleSchema } from '../../../core/access/right'
import { attestationResponseSchema, codeSchema, signInMethodSchema } from './sign-in'

/** "Your account" at the console, version 1: what only the person themselves sees and changes. */

const passkeyName = z.string().trim().min(1).max(60)

/** GET /console/v1/account */
export const accountSchema = z.strictObject({
  email: z.string(),
  /** More than one factor was shown in this session: who has one changes how they sign in only in such a session. */
  strong: z.boolean(),
  /** The organisation asks for a second factor of this role. */
  secondFactorRequired: z.boolean(),
  /** Since when an authenticator app is in use; null when none is. */
  appSince: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  passkeys: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      madeAt: z.iso.datetime(),
      usedAt: z.iso.datetime().nullable()
    })
  ),
  /** Accounts at providers that sign in as this person. POST /console/v1/account/providers/:id/unlink undoes one. */
  providers: z.array(z.strictObject({ id: z.uuid(), host: z.string(), linkedAt: z.iso.datetime() })),
  sessions: z.array(
    z.strictObject({
      id: z.uuid(),
      own: z.boolean(),
      method: signInMethodSchema,
      browser: z.string(),
      startedAt: z.iso.datetime(),
      usedAt: z.iso.datetime(),
      /** When it ends in any case. */
      endsAt: z.iso.datetime()
    })
  )
})
export type Account = z.infer<typeof accountSchema>

/** POST /console/v1/account/app/begin: a new secret, in words and as what the QR code says. */
export const appSecretSchema = z.strictObject({ secret: z.string(), uri: z.string() })
export type AppSecret = z.infer<typeof appSecretSchema>

/** POST /console/v1/account/app/confirm and …/recovery-codes: shown this once. */
export const recoveryCodesSchema = z.strictObject({ recoveryCodes: z.array(z.string()).length(10) })
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>

/** POST …/app/confirm, …/app/remove and …/recovery-codes: with a code of the app. */
export const appCodeSchema = codeSchema

/** POST /console/v1/account/passkeys, and …/:id/name. */
export const newPasskeySchema = z.strictObject({ name: passkeyName, response: attestationResponseSchema })
export type NewPasskey = z.infer<typeof newPasskeySchema>
export const passkeyNameSchema = z.strictObject({ name: passkeyName })

/** GET /console/v1/people/waiting: whose sign-in waits after wrong tries. POST /console/v1/people/:id/unlock ends it. */
export const waitingPeopleSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      failures: z.number().int(),
      until: z.iso.datetime()
    })
  )
})
export type WaitingPeople = z.infer<typeof waitingPeopleSchema>

/**
 * GET /console/v1/people/second-factors: who signs in at the console, and with what.
 * POST /console/v1/people/:id/second-factor/reset takes app, codes, passkeys and links to providers away and ends the person's
 * sessions; a provider links them again by their verified address.
 */
export const secondFactorsSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      role: consoleRoleSchema,
      /** The organisation asks for a second factor of this role. */
      required: z.boolean(),
      app: z.boolean(),
      passkeys: z.number().int().nonnegative()
    })
  )
})
export type SecondFactors = z.infer<typeof secondFactorsSchema>
