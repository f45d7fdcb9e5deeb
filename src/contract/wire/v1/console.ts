import { z } from 'zod'
import { consoleRoleSchema } from '../../../core/access/right'
import { checkAreaSchema, checkResultSchema, checkStateSchema } from '../../../core/check/check'
import { severitySchema } from '../../../core/alert/alert'
import { responseSchema, ruleIdSchema } from '../../../core/judgement/rule'
import { lifeViewSchema } from './alert-life'
import { flavourSchema, keyClassSchema } from './device'
import { tileWorkSchema } from './work'

/** Console API of the hub, version 1: session cookie, one POST per act, effects arrive on the stream. */

/** Every POST of the console carries this header with the value `1`, and the page's Origin: no other site can send both. */
export const CONSOLE_HEADER = 'x-havendesk-console'

/** POST /console/v1/sign-in; answers `meSchema` and sets the session cookie. POST /console/v1/sign-out ends it. */
export const consoleSignInSchema = z.strictObject({
  email: z.string().min(3).max(200),
  password: z.string().min(1).max(200)
})
export type ConsoleSignIn = z.infer<typeof consoleSignInSchema>

/** GET /console/v1/me */
export const meSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  role: consoleRoleSchema,
  organisation: z.string(),
  team: z.string(),
  /** True while the organisation asks for a second factor that this person has not set up: all but their account is shut. */
  mustSetUp: z.boolean().optional()
})
export type Me = z.infer<typeof meSchema>

/**
 * Whether the hub has a reason to believe a desk. `reported`: it attests, with a program that is on no list; `unproven`: it
 * has to attest and does not, so its state is `unknown`.
 */
export const trustSchema = z.enum([
  'attested',
  'reported',
  'unattested',
  'unproven',
  'quarantined',
  'revoked'
])
export type Trust = z.infer<typeof trustSchema>

/** One advocate's desk on the board. `unknown` is the hub's own judgement of a silent device. */
export const tileSchema = z.strictObject({
  workstation: z.uuid(),
  label: z.string(),
  person: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  simulated: z.boolean(),
  state: z.enum(['starting', 'signed-out', 'shown', 'hidden', 'unknown']),
  /** True while only a supervisor, or the end of the session, opens the desk again. */
  locked: z.boolean(),
  reasons: z.array(ruleIdSchema),
  /** Since when by the hub's clock. */
  since: z.iso.datetime(),
  lastHeard: z.iso.datetime().nullable(),
  checks: z.record(checkAreaSchema, checkStateSchema),
  openAlerts: z.number().int().nonnegative(),
  /** A hub from before attestation leaves it out. */
  trust: trustSchema.optional(),
  /** What other systems told of the person; left out where none told anything. */
  work: tileWorkSchema.optional()
})
export type Tile = z.infer<typeof tileSchema>

/** GET /console/v1/workstations/:id/checks: every check of one desk, as it told them last. */
export const deskChecksSchema = z.strictObject({
  workstation: z.uuid(),
  /** When the desk was last heard, by the hub's clock. */
  heardAt: z.iso.datetime().nullable(),
  checks: z.array(checkResultSchema).max(64)
})
export type DeskChecks = z.infer<typeof deskChecksSchema>

export const timelineEntrySchema = z.strictObject({
  at: z.iso.datetime(),
  what: z.enum([
    'seen',
    'received',
    'delivered',
    'escalated-lead',
    'escalated-on-call',
    'acknowledged',
    'ended',
    'agreed',
    'false-alarm',
    'appealed',
    'appeal-upheld',
    'appeal-dismissed',
    'closed'
  ]),
  by: z.string().nullable()
})

/** One alert as supervisors see it. */
export const alertViewSchema = z.strictObject({
  id: z.uuid(),
  workstation: z.uuid(),
  label: z.string(),
  person: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  simulated: z.boolean(),
  rule: ruleIdSchema,
  severity: severitySchema,
  status: z.enum(['raised', 'acknowledged']),
  /** True until the workstation says that the evidence is gone. */
  active: z.boolean(),
  hidden: z.boolean(),
  /** What followed at the desk. */
  response: responseSchema,
  /** How often it held: what comes back within the rule's cooldown is the same alert. */
  times: z.number().int().positive(),
  score: z.number(),
  people: z.number().int(),
  raisedAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  durationMs: z.number().int().nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  acknowledgedBy: z.string().nullable(),
  /** How often this rule was raised by this person today, this one included. */
  timesToday: z.number().int().positive(),
  device: z.strictObject({
    build: z.string(),
    flavour: flavourSchema,
    keyClass: keyClassSchema,
    model: z.string(),
    policyVersion: z.number().int()
  }),
  /** The attestation it was raised under; null when the run had not attested yet. A hub from before leaves it out. */
  attestation: z
    .strictObject({
      id: z.uuid(),
      at: z.iso.datetime(),
      buildHash: z.string(),
      buildAllowed: z.boolean(),
      /** True when the TPM quoted the machine's boot measurements with it. */
      quoted: z.boolean()
    })
    .nullable()
    .optional(),
  /** What people made of it. A hub from before life cycles leaves it out. */
  life: lifeViewSchema.optional(),
  timeline: z.array(timelineEntrySchema)
})
export type AlertView = z.infer<typeof alertViewSchema>

/** GET /console/v1/board: where the stream starts from. */
export const boardSchema = z.strictObject({
  /** Give it to the stream as `?after=` to miss nothing and see nothing twice. */
  cursor: z.string().regex(/^\d+$/),
  tiles: z.array(tileSchema),
  /** Every alert not yet acknowledged, and those of the last hour, newest first. */
  alerts: z.array(alertViewSchema)
})
export type Board = z.infer<typeof boardSchema>

/**
 * GET /console/v1/stream (server-sent events). `id` of each event is the cursor; `Last-Event-ID` or `?after=` resumes.
 * Each message replaces the whole row it names. `beat` comes every few seconds so that a dead line shows.
 */
export const streamMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tile'), tile: tileSchema }),
  z.strictObject({ kind: z.literal('alert'), alert: alertViewSchema }),
  z.strictObject({ kind: z.literal('beat'), at: z.iso.datetime() }),
  /** The cursor is too old or unknown: load the board again. */
  z.strictObject({ kind: z.literal('reload') })
])
export type StreamMessage = z.infer<typeof streamMessageSchema>

/** POST /console/v1/alerts/:id/acknowledge, and POST /console/v1/alerts/:id/seen when a console has shown it. */
export { acceptedSchema } from './accepted'
