import { z } from 'zod'
import { severitySchema } from '../../../core/alert/alert'
import { ruleIdSchema } from '../../../core/judgement/rule'

/**
 * What the hub sends to a webhook: one JSON object, signed as Standard Webhooks 1.0.0 has it (standardwebhooks.com).
 * Headers `webhook-id` (the same for every try of one message), `webhook-timestamp` (seconds) and `webhook-signature`
 * (`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`).
 */
export const hookBodySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['person.ready', 'person.not-ready']),
    /** When it was so, by the hub's clock. */
    timestamp: z.iso.datetime(),
    data: z.strictObject({
      person: z.string(),
      /** The label of the desk that says so; null when the person is at none. */
      workstation: z.string().nullable(),
      state: z.enum(['starting', 'signed-out', 'shown', 'hidden', 'unknown', 'locked']),
      /** Rises by one with each word about this person: what has a lower one than is known came late. */
      sequence: z.number().int().positive()
    })
  }),
  z.strictObject({
    type: z.enum(['alert.raised', 'alert.escalated']),
    timestamp: z.iso.datetime(),
    data: z.strictObject({
      alert: z.uuid(),
      /** Whom it is about: the name, or the desk's label while nobody is signed in. */
      who: z.string(),
      team: z.string(),
      rule: ruleIdSchema,
      severity: severitySchema,
      /** To whom it was passed on; null for one that was just raised. */
      level: z.enum(['lead', 'on-call']).nullable(),
      link: z.string()
    })
  })
])
export type HookBody = z.infer<typeof hookBodySchema>
