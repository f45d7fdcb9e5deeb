import {
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid
} from 'drizzle-orm/pg-core'
import type { CallState } from '../../core/integration/call'
import type { ChannelKind, EventKind } from '../../core/integration/event'
import type { Scope } from '../../core/integration/scope'
import { bytea, count, instant, owner } from './columns'

/** Tables of what other systems tell the hub and are told by it, as queries see them. */

/** For the organisation as a whole; a channel may be for one team. */
const shared = { organisationId: uuid('organisation_id').notNull(), teamId: uuid('team_id') }

export const integrationKey = pgTable('integration_key', {
  id: uuid('id').primaryKey(),
  ...shared,
  name: text('name').notNull(),
  keyHash: bytea('key_hash').notNull(),
  hint: text('hint').notNull(),
  scopes: jsonb('scopes').$type<Scope[]>().notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
  usedAt: instant('used_at'),
  revokedAt: instant('revoked_at'),
  revokedBy: uuid('revoked_by')
})

export const callState = pgTable('call_state', {
  personId: uuid('person_id').primaryKey(),
  ...owner,
  state: text('state').$type<CallState>().notNull(),
  since: instant('since').notNull(),
  toldAt: instant('told_at').notNull()
})

export const callFigures = pgTable(
  'call_figures',
  {
    personId: uuid('person_id').notNull(),
    ...owner,
    day: date('day').notNull(),
    calls: integer('calls').notNull(),
    talkS: integer('talk_s').notNull(),
    holdS: integer('hold_s').notNull(),
    wrapUpS: integer('wrap_up_s').notNull(),
    adherence: doublePrecision('adherence'),
    toldAt: instant('told_at').notNull()
  },
  (table) => [primaryKey({ columns: [table.personId, table.day] })]
)

export const shift = pgTable(
  'shift',
  {
    personId: uuid('person_id').notNull(),
    ...owner,
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull()
  },
  (table) => [primaryKey({ columns: [table.personId, table.startsAt] })]
)

export const certification = pgTable(
  'certification',
  {
    personId: uuid('person_id').notNull(),
    ...owner,
    name: text('name').notNull(),
    state: text('state').notNull(),
    expiresOn: date('expires_on').notNull(),
    toldAt: instant('told_at').notNull()
  },
  (table) => [primaryKey({ columns: [table.personId, table.name, table.state] })]
)

export const channel = pgTable('channel', {
  id: uuid('id').primaryKey(),
  ...shared,
  kind: text('kind').$type<ChannelKind>().notNull(),
  name: text('name').notNull(),
  target: text('target').notNull(),
  events: jsonb('events').$type<EventKind[]>().notNull(),
  salt: bytea('salt').notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  retiredAt: instant('retired_at')
})

export const toldReadiness = pgTable(
  'told_readiness',
  {
    channelId: uuid('channel_id').notNull(),
    personId: uuid('person_id').notNull(),
    ...owner,
    ready: boolean('ready').notNull(),
    workstationId: uuid('workstation_id'),
    sequence: count('sequence').notNull()
  },
  (table) => [primaryKey({ columns: [table.channelId, table.personId] })]
)

export const outboxMessage = pgTable('outbox_message', {
  id: uuid('id').primaryKey(),
  ...owner,
  channelId: uuid('channel_id').notNull(),
  number: count('number').notNull().generatedAlwaysAsIdentity(),
  event: text('event').notNull(),
  subject: uuid('subject').notNull(),
  once: text('once').notNull(),
  body: text('body').notNull(),
  createdAt: instant('created_at').notNull(),
  tries: integer('tries').notNull().default(0),
  nextTryAt: instant('next_try_at'),
  deliveredAt: instant('delivered_at'),
  deadAt: instant('dead_at'),
  lastProblem: text('last_problem')
})
