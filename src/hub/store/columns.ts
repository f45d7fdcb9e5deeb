import { bigint, customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Kinds of columns that tables share. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
export const count = (name: string) => bigint(name, { mode: 'number' })
/** Whose row it is. */
export const owner = {
  organisationId: uuid('organisation_id').notNull(),
  teamId: uuid('team_id').notNull()
}
