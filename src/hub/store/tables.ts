import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid
} from 'drizzle-orm/pg-core'
import type { AccommodationEnvelope } from '../../core/accommodation/envelope'
import type { ConsoleRole } from '../../core/access/right'
import type { BreakGlassEnd, BreakGlassReason } from '../../core/break-glass/request'
import type { CheckName } from '../../core/check/names'
import type { CheckArea, CheckResult, CheckState } from '../../core/check/check'
import type { Severity } from '../../core/alert/alert'
import type { DecisionReason, Verdict } from '../../core/alert/life'
import type { Response, RuleId } from '../../core/judgement/rule'
import type { ModelEnvelope } from '../../core/model/envelope'
import type { PolicyEnvelope, PolicyRoot } from '../../core/policy/envelope'
import type { RootEnvelope } from '../../core/trust/root'
import type { SnapshotEnvelope } from '../../core/trust/snapshot'
import type { DeskState, DeviceJwk, RecordBody } from '../../contract/wire/v1/device'
import type { SignInMethod } from '../../contract/wire/v1/sign-in'
import type { TpmIdentity } from '../attestation/tpm/identity'
import type { Flavour } from '../../core/flavour'
import { bytea, count, instant, owner } from './columns'

/** The tables as queries see them. What holds between them (keys, checks) stands in the SQL of migrations/. */

export type KeyClass = 'keychain' | 'tpm'
/** Why nobody may speak with a workstation's key. */
export type QuarantineReason = 'two-runs' | 'sequence-regressed'
/** Whether an organisation's desks have to attest, or may. */
export type AttestationMode = 'report' | 'require'
export type Role = 'advocate' | ConsoleRole

export const organisation = pgTable('organisation', {
  organisationId: uuid('organisation_id').primaryKey(),
  name: text('name').notNull(),
  demo: boolean('demo').notNull(),
  policyRoot: jsonb('policy_root').$type<PolicyRoot>(),
  attestation: text('attestation').$type<AttestationMode>().notNull().default('report'),
  /** Roles of the console that need a second factor. */
  secondFactorRoles: jsonb('second_factor_roles').$type<ConsoleRole[]>().notNull().default([]),
  createdAt: instant('created_at').notNull().defaultNow()
})

export const team = pgTable('team', {
  teamId: uuid('team_id').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow()
})

export const person = pgTable('person', {
  id: uuid('id').primaryKey(),
  ...owner,
  name: text('name').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<Role>().notNull(),
  passwordHash: text('password_hash').notNull(),
  disabledAt: instant('disabled_at'),
  createdAt: instant('created_at').notNull().defaultNow()
})

export const policy = pgTable(
  'policy',
  {
    organisationId: uuid('organisation_id').notNull(),
    teamId: uuid('team_id'),
    version: integer('version').notNull(),
    envelope: jsonb('envelope').$type<PolicyEnvelope>().notNull(),
    disownedAt: instant('disowned_at'),
    publishedAt: instant('published_at').notNull().defaultNow()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.version] })]
)

/** Like policies, models are for whole organisations: the team is empty. */
const shared = {
  organisationId: uuid('organisation_id').notNull(),
  teamId: uuid('team_id')
}

export const trustRoot = pgTable(
  'trust_root',
  {
    ...shared,
    version: integer('version').notNull(),
    envelope: jsonb('envelope').$type<RootEnvelope>().notNull(),
    publishedAt: instant('published_at').notNull().defaultNow()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.version] })]
)

export const trustSnapshot = pgTable(
  'trust_snapshot',
  {
    ...shared,
    version: integer('version').notNull(),
    policyVersion: integer('policy_version').notNull(),
    envelope: jsonb('envelope').$type<SnapshotEnvelope>().notNull(),
    disownedAt: instant('disowned_at'),
    publishedAt: instant('published_at').notNull().defaultNow()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.version] })]
)

export const model = pgTable(
  'model',
  {
    ...shared,
    name: text('name').notNull(),
    version: integer('version').notNull(),
    envelope: jsonb('envelope').$type<ModelEnvelope>().notNull(),
    publishedAt: instant('published_at').notNull().defaultNow(),
    withdrawnAt: instant('withdrawn_at'),
    disownedAt: instant('disowned_at')
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.name, table.version] })]
)

export const modelFile = pgTable(
  'model_file',
  {
    ...shared,
    name: text('name').notNull(),
    version: integer('version').notNull(),
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.name, table.version, table.path] })]
)

export const modelPiece = pgTable(
  'model_piece',
  {
    ...shared,
    sha256: text('sha256').notNull(),
    piece: integer('piece').notNull(),
    data: bytea('data').notNull()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.sha256, table.piece] })]
)

export const workstation = pgTable('workstation', {
  id: uuid('id').primaryKey(),
  ...owner,
  label: text('label').notNull(),
  simulated: boolean('simulated').notNull(),
  key: jsonb('key').$type<DeviceJwk>().notNull(),
  keyThumbprint: text('key_thumbprint').notNull(),
  keyClass: text('key_class').$type<KeyClass>().notNull(),
  machineLabel: text('machine_label').notNull(),
  hostLabel: text('host_label').notNull(),
  flavour: text('flavour').$type<Flavour>().notNull(),
  build: text('build').notNull(),
  enrolledAt: instant('enrolled_at').notNull(),
  revokedAt: instant('revoked_at'),
  newestBoot: uuid('newest_boot'),
  personId: uuid('person_id'),
  quarantinedAt: instant('quarantined_at'),
  quarantineReason: text('quarantine_reason').$type<QuarantineReason>(),
  tpm: jsonb('tpm').$type<TpmIdentity>()
})

export const enrolmentToken = pgTable('enrolment_token', {
  id: uuid('id').primaryKey(),
  ...owner,
  tokenHash: bytea('token_hash').notNull(),
  label: text('label').notNull(),
  simulated: boolean('simulated').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
  workstationId: uuid('workstation_id'),
  personId: uuid('person_id')
})

export const workstationBoot = pgTable(
  'workstation_boot',
  {
    workstationId: uuid('workstation_id').notNull(),
    boot: uuid('boot').notNull(),
    ...owner,
    firstSeenAt: instant('first_seen_at').notNull(),
    requestSeq: count('request_seq').notNull().default(-1),
    requestId: text('request_id'),
    nextRecordSeq: count('next_record_seq').notNull().default(0),
    personId: uuid('person_id')
  },
  (table) => [primaryKey({ columns: [table.workstationId, table.boot] })]
)

export const desk = pgTable('desk', {
  workstationId: uuid('workstation_id').primaryKey(),
  ...owner,
  state: text('state').$type<DeskState>().notNull(),
  reasons: jsonb('reasons').$type<RuleId[]>().notNull().default([]),
  since: instant('since').notNull(),
  personId: uuid('person_id'),
  policyVersion: integer('policy_version').notNull().default(0),
  model: text('model').notNull().default(''),
  locked: boolean('locked').notNull().default(false),
  checks: jsonb('checks').$type<Partial<Record<CheckArea, CheckState>>>().notNull().default({}),
  /** Every check as the desk told it last. */
  posture: jsonb('posture').$type<CheckResult[]>().notNull().default([]),
  lastHeardAt: instant('last_heard_at'),
  silentSince: instant('silent_since'),
  attestationId: uuid('attestation_id')
})

export const deviceSession = pgTable('device_session', {
  id: uuid('id').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  personId: uuid('person_id').notNull(),
  boot: uuid('boot').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  /** When it began without the hub, by the device's clock; null for a session that the hub opened. */
  offlineSince: instant('offline_since'),
  /** When somebody last touched keyboard or mouse there; null while the desk told of nothing. */
  activeAt: instant('active_at')
})

export const record = pgTable(
  'record',
  {
    workstationId: uuid('workstation_id').notNull(),
    boot: uuid('boot').notNull(),
    seq: count('seq').notNull(),
    ...owner,
    digest: bytea('digest').notNull(),
    kind: text('kind').$type<RecordBody['kind']>().notNull(),
    body: jsonb('body').$type<RecordBody>().notNull(),
    deviceAt: instant('device_at').notNull(),
    monoMs: doublePrecision('mono_ms').notNull(),
    receivedAt: instant('received_at').notNull()
  },
  (table) => [primaryKey({ columns: [table.workstationId, table.boot, table.seq] })]
)

export const alert = pgTable('alert', {
  id: uuid('id').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  personId: uuid('person_id'),
  rule: text('rule').$type<RuleId>().notNull(),
  severity: text('severity').$type<Severity>().notNull(),
  hidden: boolean('hidden').notNull(),
  response: text('response').$type<Response>().notNull(),
  times: integer('times').notNull().default(1),
  score: doublePrecision('score').notNull(),
  people: integer('people').notNull(),
  model: text('model').notNull(),
  policyVersion: integer('policy_version').notNull(),
  build: text('build').notNull(),
  flavour: text('flavour').$type<Flavour>().notNull(),
  keyClass: text('key_class').$type<KeyClass>().notNull(),
  timesToday: integer('times_today').notNull(),
  raisedAt: instant('raised_at').notNull(),
  receivedAt: instant('received_at').notNull(),
  endedAt: instant('ended_at'),
  durationMs: count('duration_ms'),
  deliveredAt: instant('delivered_at'),
  deliveredBy: uuid('delivered_by'),
  acknowledgedAt: instant('acknowledged_at'),
  acknowledgedBy: uuid('acknowledged_by'),
  attestationId: uuid('attestation_id'),
  escalatedToLeadAt: instant('escalated_to_lead_at'),
  escalatedToOnCallAt: instant('escalated_to_on_call_at'),
  escalateAt: instant('escalate_at'),
  verdict: text('verdict').$type<Verdict>(),
  verdictReason: text('verdict_reason').$type<DecisionReason>(),
  verdictNote: text('verdict_note'),
  decidedAt: instant('decided_at'),
  decidedBy: uuid('decided_by'),
  appealUntil: instant('appeal_until'),
  appealStatement: text('appeal_statement'),
  appealedAt: instant('appealed_at'),
  appealDueAt: instant('appeal_due_at'),
  appealUpheld: boolean('appeal_upheld'),
  appealNote: text('appeal_note'),
  appealAnsweredAt: instant('appeal_answered_at'),
  appealAnsweredBy: uuid('appeal_answered_by'),
  closedAt: instant('closed_at')
})

export const breakGlass = pgTable('break_glass', {
  request: uuid('request').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  boot: uuid('boot').notNull(),
  personId: uuid('person_id'),
  checkName: text('check_name').$type<CheckName>().notNull(),
  reason: text('reason').$type<BreakGlassReason>().notNull(),
  nonce: text('nonce').notNull(),
  askedAt: instant('asked_at').notNull(),
  status: text('status').$type<'asked' | 'granted' | 'running' | 'ended' | 'declined' | 'closed'>().notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: instant('decided_at'),
  note: text('note'),
  minutes: integer('minutes'),
  grantText: text('grant_text'),
  usedAt: instant('used_at'),
  endedAt: instant('ended_at'),
  endReason: text('end_reason').$type<BreakGlassEnd>()
})

export const accommodation = pgTable(
  'accommodation',
  {
    ...owner,
    personId: uuid('person_id').notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    envelope: jsonb('envelope').$type<AccommodationEnvelope>().notNull(),
    expiresAt: instant('expires_at').notNull(),
    publishedAt: instant('published_at').notNull(),
    withdrawnAt: instant('withdrawn_at')
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.name] })]
)

export const securityEvent = pgTable('security_event', {
  id: count('id').primaryKey().generatedAlwaysAsIdentity(),
  ...owner,
  workstationId: uuid('workstation_id'),
  code: text('code').notNull(),
  detail: text('detail').notNull(),
  count: integer('count').notNull(),
  at: instant('at').notNull()
})

export const consoleSession = pgTable('console_session', {
  tokenHash: bytea('token_hash').primaryKey(),
  id: uuid('id').notNull().defaultRandom(),
  method: text('method').$type<SignInMethod>().notNull().default('password'),
  /** Whether more than one factor was shown in it. */
  strong: boolean('strong').notNull().default(false),
  browser: text('browser').notNull().default(''),
  ...owner,
  personId: uuid('person_id').notNull(),
  startedAt: instant('started_at').notNull(),
  usedAt: instant('used_at').notNull(),
  endedAt: instant('ended_at')
})

export const streamEvent = pgTable('stream_event', {
  id: count('id').primaryKey().generatedAlwaysAsIdentity(),
  ...owner,
  kind: text('kind').$type<'tile' | 'alert'>().notNull(),
  subject: uuid('subject').notNull(),
  at: instant('at').notNull()
})

export const allowedBuild = pgTable(
  'allowed_build',
  {
    ...shared,
    buildHash: text('build_hash').notNull(),
    label: text('label').notNull(),
    allowedAt: instant('allowed_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by')
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.buildHash] })]
)

export const tpmAuthority = pgTable(
  'tpm_authority',
  {
    ...shared,
    certificateHash: text('certificate_hash').notNull(),
    certificate: text('certificate').notNull(),
    trustedAt: instant('trusted_at').notNull()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.certificateHash] })]
)

export const attestationNonce = pgTable('attestation_nonce', {
  nonceHash: bytea('nonce_hash').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  boot: uuid('boot').notNull(),
  expiresAt: instant('expires_at').notNull()
})

export const attestation = pgTable('attestation', {
  id: uuid('id').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  boot: uuid('boot').notNull(),
  personId: uuid('person_id'),
  recordSeq: count('record_seq').notNull(),
  build: text('build').notNull(),
  buildHash: text('build_hash').notNull(),
  buildAllowed: boolean('build_allowed').notNull(),
  flavour: text('flavour').$type<Flavour>().notNull(),
  policyVersion: integer('policy_version').notNull(),
  model: text('model').notNull(),
  modelHash: text('model_hash'),
  thresholdHash: text('threshold_hash'),
  postureHash: text('posture_hash').notNull(),
  keyClass: text('key_class').$type<KeyClass>().notNull(),
  pcrHash: text('pcr_hash'),
  statement: text('statement').notNull(),
  at: instant('at').notNull(),
  expiresAt: instant('expires_at').notNull()
})

export const tpmActivation = pgTable('tpm_activation', {
  id: uuid('id').primaryKey(),
  ...owner,
  tokenId: uuid('token_id').notNull(),
  keyThumbprint: text('key_thumbprint').notNull(),
  secretHash: bytea('secret_hash').notNull(),
  tpm: jsonb('tpm').$type<TpmIdentity>().notNull(),
  expiresAt: instant('expires_at').notNull()
})
