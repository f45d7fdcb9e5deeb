import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { InstructionKind, InstructionOutcome } from '../../core/instruction/instruction'
import type { ReportFilter } from '../../contract/wire/v1/saved-filter'
import { count, instant, owner } from './columns'

/** Tables of what people at the console do and see, as queries see them. */

/** By which way of the console's API an alert was seen. */
export type ReadThrough = 'board' | 'stream' | 'list' | 'detail'

export const alertRead = pgTable('alert_read', {
  id: count('id').primaryKey().generatedAlwaysAsIdentity(),
  ...owner,
  personId: uuid('person_id').notNull(),
  alertId: uuid('alert_id').notNull(),
  through: text('through').$type<ReadThrough>().notNull(),
  at: instant('at').notNull()
})

export const auditAct = pgTable('audit_act', {
  id: count('id').primaryKey().generatedAlwaysAsIdentity(),
  ...owner,
  personId: uuid('person_id').notNull(),
  act: text('act').notNull(),
  subject: uuid('subject'),
  detail: text('detail').notNull(),
  at: instant('at').notNull()
})

export const instruction = pgTable('instruction', {
  id: uuid('id').primaryKey(),
  ...owner,
  workstationId: uuid('workstation_id').notNull(),
  boot: uuid('boot').notNull(),
  kind: text('kind').$type<InstructionKind>().notNull(),
  text: text('text'),
  askedBy: uuid('asked_by').notNull(),
  askedAt: instant('asked_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  outcome: text('outcome').$type<InstructionOutcome>(),
  confirmedAt: instant('confirmed_at')
})

export const savedFilter = pgTable('saved_filter', {
  id: uuid('id').primaryKey(),
  ...owner,
  personId: uuid('person_id').notNull(),
  name: text('name').notNull(),
  filter: jsonb('filter').$type<ReportFilter>().notNull(),
  madeAt: instant('made_at').notNull()
})

/** The program for which the hub refused a workstation's attestation last. */
export const refusedBuild = pgTable('refused_build', {
  workstationId: uuid('workstation_id').primaryKey(),
  ...owner,
  build: text('build').notNull(),
  buildHash: text('build_hash').notNull(),
  at: instant('at').notNull()
})
