import { z } from 'zod'
import { alertEndSchema, alertResumeSchema, alertSchema } from '../../../core/alert/alert'
import { breakGlassRecordSchema } from '../../../core/break-glass/record'
import { checkResultSchema } from '../../../core/check/check'
import { instructionRecordSchema } from '../../../core/instruction/instruction'
import { MAX_RULES, ruleIdSchema } from '../../../core/judgement/rule'
import { envelopeSchema, policyRootSchema } from '../../../core/policy/envelope'
import { rootEnvelopeSchema } from '../../../core/trust/root'
import { snapshotEnvelopeSchema } from '../../../core/trust/snapshot'
import { MAX_OFFERED_MODELS, offeredModelSchema } from './model'
import { keyClassSchema, senderSchema } from './sender'

/** Device API of the hub, version 1. Every body is closed: an unknown field is refused. All requests carry DPoP. */

export { flavourSchema, keyClassSchema, senderSchema } from './sender'
const seq = z.number().int().nonnegative()

/** Public half of the device key: P-256. */
export const deviceJwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43)
})
export type DeviceJwk = z.infer<typeof deviceJwkSchema>

/**
 * The name of one run of the client, as `randomUUID` writes it: small letters, and not the empty one. A run with two
 * spellings would be two to one part of the hub and one to another.
 */
export const runSchema = z.uuidv4().lowercase()

/**
 * Claims of the DPoP proof (RFC 9449, ES256) beside htm, htu, iat and jti.
 * `bh` is the base64url SHA-256 of the exact body; `seq` rises with every request of one boot.
 */
export const proofClaimsSchema = z.object({
  htm: z.string(),
  htu: z.string(),
  /** Seconds since 1970, to the end of the year 9999: what a date can be made of. */
  iat: z.number().min(0).max(253_402_300_799),
  jti: z.string().min(16).max(64),
  bh: z.string().length(43),
  device: z.string().max(64),
  boot: runSchema,
  seq,
  nonce: z.string().max(100).optional(),
  /** base64url SHA-256 of the access token that comes along, when one does. */
  ath: z.string().length(43).optional()
})
export type ProofClaims = z.infer<typeof proofClaimsSchema>

/** POST /device/v1/enrol. The proof's `device` is empty here: the hub answers with the name. */
export const enrolRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  token: z.string().min(22).max(100),
  key: deviceJwkSchema,
  keyClass: keyClassSchema,
  /** node-machine-id's digest: a label, never proof. */
  machineLabel: z.string().max(100),
  hostLabel: z.string().max(100),
  /** Key class `tpm` alone: the answer to the challenge of /device/v1/enrol/activation. */
  activation: z.strictObject({ id: z.uuid(), secret: z.string().length(43) }).optional()
})
export type EnrolRequest = z.infer<typeof enrolRequestSchema>

export const enrolReplySchema = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  organisation: z.string().max(200),
  team: z.string().max(200),
  hub: z.string().max(300),
  policy: envelopeSchema
})
export type EnrolReply = z.infer<typeof enrolReplySchema>

/** POST /device/v1/sign-in. */
export const signInRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  email: z.string().min(3).max(200),
  password: z.string().min(1).max(200)
})
export type SignInRequest = z.infer<typeof signInRequestSchema>

export const signInReplySchema = z.strictObject({
  v: z.literal(1),
  session: z.uuid(),
  person: z.strictObject({ id: z.uuid(), name: z.string().max(200) })
})
export type SignInReply = z.infer<typeof signInReplySchema>

/** POST /device/v1/sign-out. */
export const signOutRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  session: z.uuid()
})

/** What the desk is, in one word for the board. */
export const deskStateSchema = z.enum(['starting', 'signed-out', 'shown', 'hidden'])
export type DeskState = z.infer<typeof deskStateSchema>

/** One record of the outbox. Records rise by one per boot from 0 and are stored once. */
export const recordBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alert-raised'), alert: alertSchema }),
  z.strictObject({ kind: z.literal('alert-resumed'), resume: alertResumeSchema }),
  z.strictObject({ kind: z.literal('alert-ended'), end: alertEndSchema }),
  z.strictObject({
    kind: z.literal('desk'),
    state: deskStateSchema,
    reasons: z.array(ruleIdSchema).max(MAX_RULES)
  }),
  z.strictObject({
    kind: z.literal('session'),
    change: z.enum(['signed-in', 'signed-out']),
    person: z.uuid()
  }),
  /** Break-glass, stage by stage. A hub from before it does not know the kind. */
  z.strictObject({ kind: z.literal('break-glass'), change: breakGlassRecordSchema }),
  /** What became of an instruction. A hub from before instructions asks for none. */
  z.strictObject({ kind: z.literal('instruction'), change: instructionRecordSchema }),
  z.strictObject({
    kind: z.literal('event'),
    code: z.enum([
      'ipc-refused',
      'navigation-refused',
      'host-refused',
      'policy-refused',
      'model-refused',
      'model-broken',
      'helper-died',
      'sensor-restarted',
      'outbox-damaged',
      'records-dropped',
      'unclean-exit',
      'hub-odd',
      'attestation-failed',
      'program-altered',
      'unsafe-start',
      'accommodation-used',
      'accommodation-refused',
      /** Signed in without the hub, or tried to; what keeps the verifier is not as it was left. */
      'offline-sign-in',
      /** Support mode began or ended. */
      'support-mode'
    ]),
    /** A label from the program, never what a person typed or saw. */
    detail: z.string().max(200),
    count: z.number().int().positive()
  })
])
export type RecordBody = z.infer<typeof recordBodySchema>

export const recordSchema = z.strictObject({
  seq,
  at: z.iso.datetime(),
  /** Milliseconds since the client's start, monotonic. */
  monoMs: z.number().nonnegative(),
  body: recordBodySchema
})
export type OutboxRecord = z.infer<typeof recordSchema>

/** What the desk looks like now; replaces what the hub knew. */
export const deskSnapshotSchema = z.strictObject({
  state: deskStateSchema,
  /** True while only a supervisor, or the end of the session, opens the desk again. An older client leaves it out. */
  locked: z.boolean().optional(),
  reasons: z.array(ruleIdSchema).max(MAX_RULES),
  since: z.iso.datetime(),
  person: z.strictObject({ id: z.uuid(), name: z.string().max(200) }).nullable(),
  policyVersion: z.number().int().nonnegative(),
  model: z.string().max(80),
  checks: z.array(checkResultSchema).max(64)
})
export type DeskSnapshot = z.infer<typeof deskSnapshotSchema>

/** POST /device/v1/sync. `boot` names the client run that made these records, it may be an earlier one. */
export const syncRequestSchema = z.strictObject({
  v: z.literal(1),
  sender: senderSchema,
  boot: runSchema,
  records: z.array(recordSchema).max(200),
  /** Null while records of an earlier run are being delivered. */
  desk: deskSnapshotSchema.nullable(),
  /** Since when nobody touched keyboard or mouse, milliseconds; sent where the policy ends idle sessions. */
  inputAgoMs: z.number().int().nonnegative().max(864_000_000).optional()
})
export type SyncRequest = z.infer<typeof syncRequestSchema>

/** The reply carries everything that comes down. */
export const syncReplySchema = z.strictObject({
  v: z.literal(1),
  /** Records of this boot with a sequence below this one are stored and synced. */
  ackBelow: seq,
  policyVersion: z.number().int().nonnegative(),
  /** The newest version of each model that the hub hands out. A desk takes what its policy names, and nothing else. */
  models: z.array(offeredModelSchema).max(MAX_OFFERED_MODELS).default([]),
  serverTime: z.iso.datetime(),
  heartbeatMs: z.number().int().min(500).max(600_000),
  /** Sent only to who presented a token, when it is not good any more: attest again, now. */
  attest: z.boolean().optional()
})
export type SyncReply = z.infer<typeof syncReplySchema>

/** GET /device/v1/policy, asked when `policyVersion` of a sync reply is newer than the device's. Proof over an empty body. */
export const policyReplySchema = envelopeSchema

/** GET /device/v1/trust/roots/VERSION: one root of the organisation's; `not-found` ends the chain. Proof over an empty body. */
export const rootReplySchema = rootEnvelopeSchema
export const rootPath = (version: number): string => `/device/v1/trust/roots/${version}`

/** GET /device/v1/trust/snapshot: the newest snapshot of the organisation's. Proof over an empty body. */
export const snapshotReplySchema = snapshotEnvelopeSchema
export const SNAPSHOT_PATH = '/device/v1/trust/snapshot'

/**
 * GET /device/v1/session: who is signed in at this workstation from this run, by the hub's own book. Asked when the
 * device was woken and now and then; an older hub answers `not-found`. Proof over an empty body.
 */
export const sessionReplySchema = z.strictObject({ v: z.literal(1), person: z.uuid().nullable() })
export type SessionReply = z.infer<typeof sessionReplySchema>
export const SESSION_PATH = '/device/v1/session'

/** Every refusal of the hub. `code` is for programs, `message` for people. */
export const hubErrorSchema = z.strictObject({
  code: z.enum([
    'bad-request',
    'bad-proof',
    'use-nonce',
    'replayed',
    'unknown-device',
    'revoked',
    'quarantined',
    'attestation-required',
    'bad-attestation',
    'flavour-refused',
    'bad-token',
    'bad-credentials',
    'too-many-tries',
    'not-signed-in',
    'forbidden',
    'altered-duplicate',
    'gap',
    'not-found',
    /** It does not follow from where things stand now. A client from before never asks for what is answered so. */
    'conflict',
    /** Two of the console alone: set a second factor up first; sign in again before this is changed. */
    'second-factor-required',
    'sign-in-again',
    'too-large',
    'unavailable'
  ]),
  message: z.string(),
  /** Dotted path of the field at fault, when one is. */
  field: z.string().optional(),
  /** For `gap`: the record's sequence that the hub waits for. A lost record is replaced by an `outbox-damaged` event. */
  expected: seq.optional()
})
export type HubError = z.infer<typeof hubErrorSchema>

/**
 * GET /device/v1/wake: answers when the hub has something for this device that should not wait for its heartbeat, and
 * after half a minute in any case. Its sequence is not looked at, so that it may wait beside other requests.
 */
export const wakeReplySchema = z.strictObject({ v: z.literal(1), wake: z.boolean() })

/**
 * What IT hands to a workstation to be enrolled once. The policy root and the hub's certificate are pinned from here,
 * not from the hub. Removed from disk after enrolment.
 */
export const enrolmentTicketSchema = z.strictObject({
  v: z.literal(1),
  hubUrl: z.url({ protocol: /^https$/ }),
  /** The hub's own certificate authority, PEM. Nothing else is trusted for the hub. */
  hubCa: z.string().max(8000),
  organisation: z.string().min(1).max(80),
  token: z.string().min(22).max(100),
  policyRoot: policyRootSchema,
  /** IT's root document, where it has one: pinned in place of `policyRoot`. A client from before roots refuses such a ticket. */
  root: rootEnvelopeSchema.optional(),
  /** The team that the desk is to be enrolled into: a hub that names another is refused. Tickets from before roots have none. */
  team: z.string().min(1).max(80).optional()
})
export type EnrolmentTicket = z.infer<typeof enrolmentTicketSchema>
