import { z } from 'zod'
import { appealOutcomeSchema, noteSchema } from '../../core/alert/life'
import { modelEnvelopeSchema } from '../../core/model/envelope'
import { envelopeSchema, policyRootSchema } from '../../core/policy/envelope'
import { rootEnvelopeSchema } from '../../core/trust/root'
import { snapshotEnvelopeSchema } from '../../core/trust/snapshot'
import { accommodationsReplySchema } from '../wire/v1/accommodation'
import { ownAlertsReplySchema } from '../wire/v1/alert-life'
import { instructionsReplySchema } from '../wire/v1/instruction'
import { breakGlassReplySchema } from '../wire/v1/break-glass'
import { deskSnapshotSchema, recordBodySchema } from '../wire/v1/device'

/** Main to courier: the process that holds the keys, the sealed outbox and the line to the hub. */
export const toCourierSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    /** Folder of the client's own data; the courier keeps `outbox.sqlite` and `enrolment.sealed` in it. */
    dataFolder: z.string(),
    boot: z.uuid(),
    build: z.string(),
    /** Keychain service name; differs between flavours so that they never share a key. */
    keychainService: z.string(),
    /** The program that runs, archive or folder: measured for attestation. */
    program: z.string()
  }),
  /** Commit and sync this record, then answer `recorded`. */
  z.strictObject({
    kind: z.literal('record'),
    /** Main's own handle, echoed in `recorded`. */
    handle: z.string().max(64),
    at: z.iso.datetime(),
    monoMs: z.number().nonnegative(),
    body: recordBodySchema
  }),
  /** What looks at the room and by which thresholds, as the sensor was told: part of what is attested. */
  z.strictObject({
    kind: z.literal('sensing'),
    model: z.string().max(200),
    modelHash: z.string().regex(/^[0-9a-f]{64}$/),
    thresholds: z.string().regex(/^[0-9a-f]{64}$/)
  }),
  /** The newest picture of the desk, for the next sync. */
  z.strictObject({ kind: z.literal('desk'), desk: deskSnapshotSchema }),
  z.strictObject({
    kind: z.literal('sign-in'),
    handle: z.string().max(64),
    email: z.string(),
    password: z.string()
  }),
  z.strictObject({ kind: z.literal('sign-out') }),
  /** A model's file on the disk is not what was signed: look through what is kept, and fetch what is missing. */
  z.strictObject({ kind: z.literal('check-models') }),
  /** Asks the hub for newer rules now. */
  z.strictObject({ kind: z.literal('reload-policy') }),
  /** Whether a request of break-glass is under way at this desk: while one is, the hub is asked what became of it. */
  z.strictObject({ kind: z.literal('break-glass'), waiting: z.boolean() }),
  /** Somebody touched keyboard or mouse so many milliseconds ago. */
  z.strictObject({ kind: z.literal('input'), agoMs: z.number().int().nonnegative() }),
  /** Asks the hub for the alerts about who is signed in; answered with `own-alerts` and the same handle. */
  z.strictObject({ kind: z.literal('own-alerts'), handle: z.string().max(64) }),
  /** Who is signed in says that a decision about them is wrong; answered with `appealed` and the same handle. */
  z.strictObject({
    kind: z.literal('appeal'),
    handle: z.string().max(64),
    alert: z.uuid(),
    statement: noteSchema
  }),
  /** Deliver what can be delivered within the limit, then answer `closed`. */
  z.strictObject({ kind: z.literal('close'), limitMs: z.number().int().min(0).max(10_000) })
])
export type ToCourier = z.infer<typeof toCourierSchema>

export const refusalSchema = z.enum([
  'no-keychain',
  'not-enrolled',
  'enrolment-refused',
  'enrolment-unreadable',
  'outbox-unreadable',
  'hub-unreachable',
  'revoked',
  /** Two programs spoke with this device's key. */
  'quarantined',
  /** The hub does not believe this program, its key or its machine. */
  'attestation-refused'
])

/** Courier to main. */
export const fromCourierSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), step: z.enum(['keychain', 'hub', 'policy']) }),
  z.strictObject({
    kind: z.literal('ready'),
    device: z.uuid(),
    organisation: z.string(),
    team: z.string(),
    policyRoot: policyRootSchema,
    /** `host:port` of the hub. */
    hub: z.string().max(260).optional(),
    /** What the courier trusts beyond the pinned key; main checks it again. */
    trust: z
      .strictObject({
        root: rootEnvelopeSchema.nullable(),
        snapshot: snapshotEnvelopeSchema.nullable(),
        /** The latest time that was ever seen, milliseconds since 1970. */
        timeSeen: z.number().nonnegative()
      })
      .optional(),
    /** The policy that was in force; null when there was none yet. Main verifies it. */
    policy: envelopeSchema.nullable(),
    /** Models that are whole on this disk; main verifies them. */
    models: z.array(modelEnvelopeSchema).optional()
  }),
  z.strictObject({
    kind: z.literal('refused'),
    reason: refusalSchema,
    detail: z.string().max(300),
    /** For the record, in words of ours; left out where the hub has one of its own. */
    label: z.string().max(200).optional()
  }),
  /**
   * The hub took a request, or believed an attestation made just now: what shut this workstation out in that way, in
   * this courier's time or an earlier one's, is over. Comes when it changes, and once in the life of every courier.
   */
  z.strictObject({ kind: z.literal('cleared'), what: z.enum(['device', 'attestation']) }),
  z.strictObject({ kind: z.literal('policy'), policy: envelopeSchema }),
  /** What the courier took on one round: roots that follow one another, a snapshot, a policy. Main checks them again. */
  z.strictObject({
    kind: z.literal('trust'),
    roots: z.array(rootEnvelopeSchema).max(64),
    snapshot: snapshotEnvelopeSchema.nullable(),
    policy: envelopeSchema.nullable()
  }),
  /** What the hub handed out on the policy's path is not IT's, or no answer at all. Nothing of it is used. */
  z.strictObject({ kind: z.literal('policy-refused'), problem: z.string().max(200) }),
  /** A model that is whole on this disk; main verifies it. */
  z.strictObject({ kind: z.literal('model'), model: modelEnvelopeSchema }),
  /** What the hub handed out, or this disk holds, is not a model of IT's. Nothing of it is used. */
  z.strictObject({ kind: z.literal('model-refused'), problem: z.string().max(200) }),
  /** The record is committed and synced to disk. */
  z.strictObject({ kind: z.literal('recorded'), handle: z.string(), seq: z.number().int().nonnegative() }),
  /** It could not be written (a full disk, say); it is kept in memory and tried again. */
  z.strictObject({ kind: z.literal('not-recorded'), handle: z.string(), problem: z.string().max(300) }),
  /** Records written and not yet at the hub. */
  z.strictObject({ kind: z.literal('waiting'), count: z.number().int().nonnegative() }),
  z.strictObject({
    kind: z.literal('hub'),
    state: z.enum(['reachable', 'unreachable']),
    problem: z.string().max(300)
  }),
  z.strictObject({
    kind: z.literal('signed-in'),
    handle: z.string(),
    /** Null for a session that the hub has not heard of. */
    session: z.uuid().nullable(),
    person: z.strictObject({ id: z.uuid(), name: z.string() }),
    /** Set when it began without the hub. */
    offline: z
      .strictObject({
        /** How long ago the hub last confirmed the person, milliseconds: the policy's grace runs from then. */
        confirmedMsAgo: z.number().nonnegative()
      })
      .optional()
  }),
  /** A session that began without the hub is in its book from now on. */
  z.strictObject({ kind: z.literal('offline-told') }),
  /** Something about signing in without the hub that belongs into the record. */
  z.strictObject({ kind: z.literal('offline'), event: z.string().max(200) }),
  z.strictObject({
    kind: z.literal('sign-in-refused'),
    handle: z.string(),
    reason: z.enum([
      'bad-credentials',
      'too-many-tries',
      'hub-unreachable',
      'revoked',
      'quarantined',
      'not-your-desk',
      'not-certified',
      'not-attested'
    ])
  }),
  /** The hub, or what answers in its place, did what no hub does. For the record; each kind comes once. */
  z.strictObject({ kind: z.literal('hub-odd'), problem: z.string().max(200) }),
  /** Whether this machine can attest; null when it can, else why not. Comes when it changes. */
  z.strictObject({ kind: z.literal('attestation'), problem: z.string().max(200).nullable() }),
  /** Who is signed in at this desk by the hub's word. Main ends a session that is over there. */
  z.strictObject({ kind: z.literal('session'), person: z.uuid().nullable() }),
  /** The accommodations of who just signed in, as the hub handed them out. Main opens each. */
  z.strictObject({
    kind: z.literal('accommodations'),
    texts: accommodationsReplySchema.shape.accommodations
  }),
  /** What the hub says became of this desk's requests. Main checks each grant. */
  z.strictObject({ kind: z.literal('break-glass'), answers: breakGlassReplySchema.shape.answers }),
  /** What somebody at the console asks of this desk. Main holds each against the policy. */
  z.strictObject({
    kind: z.literal('instructions'),
    instructions: instructionsReplySchema.shape.instructions
  }),
  /** Null when the hub could not be asked. */
  z.strictObject({
    kind: z.literal('own-alerts'),
    handle: z.string(),
    alerts: ownAlertsReplySchema.shape.alerts.nullable()
  }),
  z.strictObject({ kind: z.literal('appealed'), handle: z.string(), outcome: appealOutcomeSchema }),
  z.strictObject({ kind: z.literal('closed'), waiting: z.number().int().nonnegative() })
])
export type FromCourier = z.infer<typeof fromCourierSchema>
