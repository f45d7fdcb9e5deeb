import { and, eq, isNotNull } from 'drizzle-orm'
import type { ReadinessList } from '../../contract/wire/v1/integration'
import { readinessOf } from '../../core/integration/readiness'
import type { Queries } from '../store/open'
import { desk, person } from '../store/tables'
import { deskWords } from './desk-words'

/** For whom calls may ring now: for a system that was away, or that asks rather than is told. */
export async function readinessList(db: Queries, organisationId: string, now: Date): Promise<ReadinessList> {
  const rows = await db
    .select({
      workstation: desk.workstationId,
      teamId: desk.teamId,
      personId: desk.personId,
      email: person.email
    })
    .from(desk)
    .innerJoin(person, eq(person.id, desk.personId))
    .where(and(eq(desk.organisationId, organisationId), isNotNull(desk.personId)))
  const words = await deskWords(db, organisationId, rows, now)
  const emails = [...new Set(rows.map((row) => row.email))].sort()
  return {
    at: now.toISOString(),
    people: emails.map((email) => {
      const own = rows.filter((row) => row.email === email)
      const { ready, state } = readinessOf(own.flatMap(({ workstation }) => words.get(workstation) ?? []))
      return { person: email, ready, state }
    })
  }
}
