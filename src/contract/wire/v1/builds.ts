import { z } from 'zod'

const instant = z.iso.datetime()

/** SHA-256 over a program's files, hex, as `havendesk build measure` says it. */
export const buildHashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** GET /console/v1/builds. POST /console/v1/builds/:id/withdraw takes nothing; the id is the hash. */
export const buildListSchema = z.strictObject({
  /** Whether desks have to attest with one of the list before anybody signs in. */
  required: z.boolean(),
  builds: z.array(
    z.strictObject({
      hash: z.string(),
      /** What IT calls it; for one that is on no list, the version that it says it is. */
      label: z.string(),
      /** `unlisted`: desks attested with it or were refused for it, and IT never allowed it. */
      state: z.enum(['allowed', 'withdrawn', 'unlisted']),
      allowedAt: instant.nullable(),
      withdrawnAt: instant.nullable(),
      /** Null where the command line did it. */
      withdrawnBy: z.string().nullable(),
      /** At how many computers, that are not shut out, it attested last. */
      desks: z.number().int().nonnegative(),
      /** How many, that are not shut out, were refused for it and have not attested since. */
      refused: z.number().int().nonnegative()
    })
  )
})
export type BuildList = z.infer<typeof buildListSchema>
