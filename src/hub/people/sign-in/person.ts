import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Queries } from '../../store/open'
import { person } from '../../store/tables'

/** Somebody who may sign in at the console. */
export type PersonRow = typeof person.$inferSelect

const mayEnter = and(isNull(person.disabledAt), ne(person.role, 'advocate'))

/** Who signs in at the console with an address; null for nobody, for advocates and for who was shut out. */
export async function personByEmail(
  db: Queries,
  email: string,
  organisationId?: string
): Promise<PersonRow | null> {
  const rows = await db
    .select()
    .from(person)
    .where(
      and(
        eq(person.email, email.trim().toLowerCase()),
        organisationId === undefined ? undefined : eq(person.organisationId, organisationId),
        mayEnter
      )
    )
  return rows[0] ?? null
}

/** The same by id. */
export async function personById(db: Queries, id: string): Promise<PersonRow | null> {
  const rows = await db
    .select()
    .from(person)
    .where(and(eq(person.id, id), mayEnter))
  return rows[0] ?? null
}
