import { z } from 'zod'
import { channelKindSchema, eventKindSchema, eventsOf } from '../../../core/integration/event'
import { scopeSchema } from '../../../core/integration/scope'

/** What IT does at the console about other systems: keys, channels, and what could not be delivered. */

const instant = z.iso.datetime()
const name = z.string().trim().min(1).max(60)

/** POST /console/v1/integration/keys */
export const newKeySchema = z.strictObject({
  name,
  scopes: z.array(scopeSchema).min(1).max(scopeSchema.options.length),
  /** After how many days it ends; left out: it does not. */
  days: z.number().int().min(1).max(1095).optional()
})
export type NewKey = z.infer<typeof newKeySchema>

/** Answer to it: the key itself, this once. */
export const madeKeySchema = z.strictObject({ id: z.uuid(), key: z.string() })
export type MadeKey = z.infer<typeof madeKeySchema>

/** GET /console/v1/integration/keys */
export const keyListSchema = z.strictObject({
  keys: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      hint: z.string(),
      scopes: z.array(scopeSchema),
      madeBy: z.string(),
      madeAt: instant,
      expiresAt: instant.nullable(),
      usedAt: instant.nullable(),
      revokedAt: instant.nullable(),
      state: z.enum(['good', 'expired', 'revoked'])
    })
  )
})
export type KeyList = z.infer<typeof keyListSchema>

/** POST /console/v1/integration/channels */
export const newChannelSchema = z
  .strictObject({
    kind: channelKindSchema,
    name,
    /** Where to: an https address for a webhook, an e-mail address for mail. */
    target: z.string().trim().min(3).max(500),
    events: z.array(eventKindSchema).min(1).max(eventKindSchema.options.length),
    /** For one team; left out: for all of the organisation. */
    team: z.uuid().optional()
  })
  .check(({ value, issues }) => {
    const wrong = value.events.find((one) => !eventsOf[value.kind].includes(one))
    if (wrong === undefined) return
    const message = `a channel of the kind ${value.kind} is not told of ${wrong}`
    issues.push({ code: 'custom', input: wrong, path: ['events'], message })
  })
export type NewChannel = z.infer<typeof newChannelSchema>

/** Answer to it: the secret that a webhook is signed with, this once; null for mail. */
export const madeChannelSchema = z.strictObject({ id: z.uuid(), secret: z.string().nullable() })
export type MadeChannel = z.infer<typeof madeChannelSchema>

/** GET /console/v1/integration/channels */
export const channelListSchema = z.strictObject({
  /** Whether this hub was given a mail server. */
  hasMail: z.boolean(),
  channels: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: channelKindSchema,
      name: z.string(),
      target: z.string(),
      events: z.array(eventKindSchema),
      team: z.string().nullable(),
      madeBy: z.string(),
      madeAt: instant,
      /** What waits to be tried, and what nobody tries any more. */
      waiting: z.number().int().nonnegative(),
      dead: z.number().int().nonnegative(),
      deliveredAt: instant.nullable()
    })
  )
})
export type ChannelList = z.infer<typeof channelListSchema>

/** GET /console/v1/integration/dead-letters: the newest hundred that could not be delivered. */
export const deadLetterListSchema = z.strictObject({
  letters: z.array(
    z.strictObject({
      id: z.uuid(),
      channel: z.string(),
      kind: channelKindSchema,
      event: z.string(),
      createdAt: instant,
      deadAt: instant,
      tries: z.number().int().positive(),
      problem: z.string()
    })
  )
})
export type DeadLetterList = z.infer<typeof deadLetterListSchema>
