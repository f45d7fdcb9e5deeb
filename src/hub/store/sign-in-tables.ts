import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, count, instant, owner } from './columns'

/** Tables of how people sign in to the console, as queries see them. */

export const personTotp = pgTable('person_totp', {
  personId: uuid('person_id').primaryKey(),
  ...owner,
  secret: bytea('secret').notNull(),
  madeAt: instant('made_at').notNull(),
  confirmedAt: instant('confirmed_at'),
  lastStep: count('last_step').notNull().default(-1)
})

export const recoveryCode = pgTable(
  'recovery_code',
  {
    personId: uuid('person_id').notNull(),
    ...owner,
    codeHash: bytea('code_hash').notNull(),
    usedAt: instant('used_at')
  },
  (table) => [primaryKey({ columns: [table.personId, table.codeHash] })]
)

/** From where somebody tries: a browser in which this person signed in before, or any other. */
export type Side = 'known' | 'stranger'

export const signInTries = pgTable(
  'sign_in_tries',
  {
    personId: uuid('person_id').notNull(),
    side: text('side').$type<Side>().notNull(),
    ...owner,
    failures: integer('failures').notNull(),
    lastAt: instant('last_at').notNull(),
    until: instant('until').notNull()
  },
  (table) => [primaryKey({ columns: [table.personId, table.side] })]
)

export const passkey = pgTable('passkey', {
  id: uuid('id').primaryKey(),
  ...owner,
  personId: uuid('person_id').notNull(),
  credential: text('credential').notNull(),
  publicKey: bytea('public_key').notNull(),
  counter: count('counter').notNull(),
  transports: jsonb('transports').$type<string[]>().notNull().default([]),
  name: text('name').notNull(),
  madeAt: instant('made_at').notNull(),
  usedAt: instant('used_at')
})

export const providerIdentity = pgTable(
  'provider_identity',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    ...owner,
    personId: uuid('person_id').notNull(),
    linkedAt: instant('linked_at').notNull(),
    /** When the provider last said that it asked for more than one factor. */
    strongAt: instant('strong_at'),
    id: uuid('id').notNull().defaultRandom()
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.issuer, table.subject] })]
)

/** The hour and the person, where one is known, are part of what a row counts. */
export const signInRefusal = pgTable('sign_in_refusal', {
  organisationId: uuid('organisation_id').notNull(),
  teamId: uuid('team_id'),
  personId: uuid('person_id'),
  provider: text('provider').notNull(),
  why: text('why').notNull(),
  hour: instant('hour').notNull(),
  times: integer('times').notNull().default(1),
  lastAt: instant('last_at').notNull()
})
