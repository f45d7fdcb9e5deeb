import { z } from 'zod'

/** What of IT's signed documents is published, as its page reads it. Nothing here signs or publishes. */

const instant = z.iso.datetime()
const version = z.number().int().nonnegative()

/** Whose signature stands on a document. */
export const signerSchema = z.strictObject({
  keyId: z.string(),
  /** Whether it is a valid signature by a key that the newest root has for this kind of document. */
  counts: z.boolean()
})
export type Signer = z.infer<typeof signerSchema>

/** GET /console/v1/policies: the newest fifty policies, and what says which of them is in force. */
export const publishedSchema = z.strictObject({
  /** Whose signatures count for policies; null while the organisation trusts no key. Version 0: a single key. */
  root: z
    .strictObject({
      version,
      expiresAt: instant.nullable(),
      keyIds: z.array(z.string()),
      /** How many of them have to sign. */
      threshold: z.number().int().positive()
    })
    .nullable(),
  /** `not-asked`: the root has no role for it; `missing`: it has, and there is none that it vouches for. */
  snapshot: z.discriminatedUnion('state', [
    z.strictObject({ state: z.enum(['not-asked', 'missing']) }),
    z.strictObject({
      state: z.enum(['good', 'expired']),
      version,
      policyVersion: version,
      publishedAt: instant,
      expiresAt: instant,
      signers: z.array(signerSchema)
    })
  ]),
  policies: z.array(
    z.strictObject({
      version,
      publishedAt: instant,
      /** Null for one that this hub cannot read. */
      expiresAt: instant.nullable(),
      isExpired: z.boolean(),
      /** `waiting`: newer than what desks are handed, no snapshot names it; `disowned`: the newest root does not vouch for it. */
      state: z.enum(['in-force', 'waiting', 'past', 'disowned']),
      signers: z.array(signerSchema),
      /** At how many computers, that are not shut out, it is in force. */
      desks: z.number().int().nonnegative()
    })
  )
})
export type Published = z.infer<typeof publishedSchema>
