import { z } from 'zod'
import { MAX_VERSION } from '../trust/root'

/** The longest that an accommodation is good for, milliseconds: a year and a day for leap years. */
export const MAX_VALID_MS = 366 * 86_400_000

/** IT's own name for an accommodation; says nothing of the person or of why. */
export const accommodationIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{3,60}$/, 'lower-case letters, digits and hyphens, 3 to 60')

/** Counts no more: an accommodation in all its versions, or in those below one. */
export const revocationSchema = z.union([
  accommodationIdSchema,
  z.strictObject({ id: accommodationIdSchema, below: z.number().int().min(2).max(MAX_VERSION) })
])
export type Revocation = z.infer<typeof revocationSchema>

const program = z.string().regex(/^[\w .+-]{2,60}$/, 'the name of a program, as the system lists it')
const harder = z.enum(['blank', 'lock'])

/**
 * What makes up for what is relaxed: responses that are harder and limits that are tighter for this person while the
 * accommodation holds. One at least; each counts only where it is stricter than the policy.
 */
const controlSchema = z
  .strictObject({
    /** What follows when a rule about the room holds. */
    responses: z
      .strictObject({ phone: harder, book: harder, 'second-person': harder, nobody: harder })
      .partial()
      .optional(),
    /** The longest idle time until the screen locks, minutes; the check then hides the desk. */
    maxIdleMinutes: z.number().int().min(1).max(15).optional(),
    /** How many displays there may be; the check then hides the desk. */
    maxDisplays: z.number().int().min(1).max(4).optional()
  })
  .refine(
    ({ responses, maxIdleMinutes, maxDisplays }) =>
      Object.keys(responses ?? {}).length > 0 || maxIdleMinutes !== undefined || maxDisplays !== undefined,
    'it takes something that makes up for what is relaxed: responses, maxIdleMinutes or maxDisplays'
  )
export type CompensatingControl = z.infer<typeof controlSchema>

const common = {
  schema: z.literal(1),
  organisation: z.string().min(1).max(80),
  id: accommodationIdSchema,
  /** Rises with every change of this id. */
  version: z.number().int().positive().max(MAX_VERSION),
  /** What the person signs in with, in lower case. */
  person: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[^\sA-Z]+@[^\sA-Z]+$/, 'an e-mail address in lower case'),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  control: controlSchema
}

/** What a person's desk may do otherwise, by the need that it answers. Signed by IT, for one person, with an end. */
export const accommodationSchema = z
  .discriminatedUnion('kind', [
    /** Somebody who cares for the person, or whom they care for, is in the room. */
    z.strictObject({
      ...common,
      kind: z.literal('carer'),
      relaxes: z.strictObject({ others: z.number().int().min(1).max(3) })
    }),
    /** Programs that read the screen aloud, or make it larger, and look like remote control. */
    z.strictObject({
      ...common,
      kind: z.enum(['screen-reader', 'magnifier']),
      relaxes: z.strictObject({ programs: z.array(program).min(1).max(5) })
    }),
    /** A medical device that shows as a drive, such as a glucose meter. */
    z.strictObject({
      ...common,
      kind: z.literal('medical-device'),
      relaxes: z.strictObject({ usbDrives: z.number().int().min(1).max(2) })
    })
  ])
  .superRefine(({ issuedAt, expiresAt }, context) => {
    const length = Date.parse(expiresAt) - Date.parse(issuedAt)
    const problem = (message: string): void => {
      context.addIssue({ code: 'custom', path: ['expiresAt'], message })
    }
    if (length <= 0) problem('it has to be after issuedAt')
    if (length > MAX_VALID_MS) problem('a year at most after issuedAt: needs change, and are looked at again')
  })
export type Accommodation = z.infer<typeof accommodationSchema>
