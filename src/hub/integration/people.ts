import { and, eq, inArray } from 'drizzle-orm'
import type { Queries } from '../store/open'
import { desk, person } from '../store/tables'
import { appendStream } from '../stream/append'

export interface KnownPerson {
  readonly id: string
  readonly organisationId: string
  readonly teamId: string
}

const written = (email: string): string => email.trim().toLowerCase()

/** The advocates of an organisation by their e-mail as it was written, and who is none of them. */
export async function peopleOf(
  tx: Queries,
  organisationId: string,
  emails: readonly string[]
): Promise<{ readonly known: ReadonlyMap<string, KnownPerson>; readonly unknown: readonly string[] }> {
  const rows = await tx
    .select({
      id: person.id,
      organisationId: person.organisationId,
      teamId: person.teamId,
      email: person.email
    })
    .from(person)
    .where(
      and(
        eq(person.organisationId, organisationId),
        eq(person.role, 'advocate'),
        inArray(person.email, [...new Set(emails.map(written))])
      )
    )
  const byEmail = new Map(rows.map(({ email, ...found }) => [email, found]))
  const known = new Map<string, KnownPerson>()
  for (const email of emails) {
    const found = byEmail.get(written(email))
    if (found !== undefined) known.set(email, found)
  }
  return { known, unknown: [...new Set(emails.filter((email) => !known.has(email)))] }
}

/** What was told of people changes the tiles of the desks that they are at. Teams in one order, so that none waits for another. */
export async function tellTiles(tx: Queries, personIds: readonly string[], now: Date): Promise<void> {
  if (personIds.length === 0) return
  const desks = await tx
    .select({ id: desk.workstationId, organisationId: desk.organisationId, teamId: desk.teamId })
    .from(desk)
    .where(inArray(desk.personId, [...new Set(personIds)]))
  for (const teamId of [...new Set(desks.map((one) => one.teamId))].sort()) {
    const own = desks.filter((one) => one.teamId === teamId)
    const [place] = own
    const changes = own.map(({ id }) => ({ kind: 'tile' as const, subject: id }))
    if (place !== undefined) await appendStream(tx, place, changes, now)
  }
}
