import { z } from 'zod'
import { MAX_GRANT_TEXT } from '../../../core/break-glass/grant'
import {
  breakGlassEndSchema,
  breakGlassReasonSchema,
  requestNonceSchema,
  waivableCheckSchema
} from '../../../core/break-glass/request'

/**
 * GET /device/v1/break-glass: what became of the requests of this run of the client that are not over. Asked while there is
 * one, when the device is woken and with each heartbeat; an older hub answers `not-found`. Proof over an empty body.
 */
export const breakGlassReplySchema = z.strictObject({
  v: z.literal(1),
  answers: z
    .array(
      z.strictObject({
        request: z.uuid(),
        /** `declined` also takes back what was granted. */
        outcome: z.enum(['granted', 'declined']),
        /** The grant's envelope as text; the desk believes it for its signature. Null when declined. */
        grant: z.string().max(MAX_GRANT_TEXT).nullable()
      })
    )
    .max(8)
})
export type BreakGlassReply = z.infer<typeof breakGlassReplySchema>
export type BreakGlassAnswer = BreakGlassReply['answers'][number]
export const BREAK_GLASS_PATH = '/device/v1/break-glass'

/** Where a request stands by the hub's book. */
export const requestStatusSchema = z.enum([
  'asked',
  'granted',
  'running',
  'ended',
  'declined',
  'closed',
  'expired'
])
export type RequestStatus = z.infer<typeof requestStatusSchema>

/** Whether the one who looks may grant a request, and with what; else why not. */
export const mayGrantSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('yes'),
    /** As the policy spells it. */
    approver: z.string(),
    maxMinutes: z.number().int(),
    /** The passkeys that the policy names for them; empty: they sign on the command line. */
    passkeys: z.array(z.strictObject({ credential: z.string(), rpId: z.string() }))
  }),
  z.strictObject({
    kind: z.literal('no'),
    why: z.enum(['answered', 'nobody-may', 'not-an-approver', 'not-waivable', 'same-person'])
  })
])
export type MayGrant = z.infer<typeof mayGrantSchema>

/** One request as supervisors and IT see it. */
export const breakGlassViewSchema = z.strictObject({
  request: z.uuid(),
  workstation: z.uuid(),
  /** What the approver signs begins with these. */
  organisation: z.string(),
  nonce: requestNonceSchema,
  person: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  check: waivableCheckSchema,
  reason: breakGlassReasonSchema,
  status: requestStatusSchema,
  askedAt: z.iso.datetime(),
  /** Until when it can be answered. */
  answerBy: z.iso.datetime(),
  minutes: z.number().int().nullable(),
  note: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  usedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  end: breakGlassEndSchema.nullable(),
  may: mayGrantSchema
})
export type BreakGlassView = z.infer<typeof breakGlassViewSchema>

/** GET /console/v1/workstations/:id/break-glass: the requests of one desk of the last day, newest first. */
export const breakGlassListSchema = z.strictObject({ requests: z.array(breakGlassViewSchema).max(50) })
export type BreakGlassList = z.infer<typeof breakGlassListSchema>

/** Why it is granted, in the approver's own words; for the record. */
export const grantNoteSchema = z.string().trim().min(10, 'say why, in ten characters at least').max(500)

/** POST /console/v1/break-glass/:request/grant */
export const grantRequestSchema = z.strictObject({
  grant: z.string().max(MAX_GRANT_TEXT),
  note: grantNoteSchema
})
export type GrantRequest = z.infer<typeof grantRequestSchema>

/** POST /console/v1/break-glass/:request/decline: says no, or takes back what was granted. */
export const declineRequestSchema = z.strictObject({ note: grantNoteSchema })
export type DeclineRequest = z.infer<typeof declineRequestSchema>
