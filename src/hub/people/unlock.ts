import { and, asc, eq, gt, max } from 'drizzle-orm'
import type { WaitingPeople } from '../../contract/wire/v1/account'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Database, Queries } from '../store/open'
import { signInTries } from '../store/sign-in-tables'
import { person } from '../store/tables'
import type { Viewer } from './console-session'

/** Whose sign-in waits after wrong tries, in the whole organisation: a lead helps out in another team at night. */
export async function waitingPeople(db: Queries, viewer: Viewer, now: Date): Promise<WaitingPeople> {
  const rows = await db
    .select({
      id: person.id,
      name: person.name,
      failures: max(signInTries.failures),
      until: max(signInTries.until)
    })
    .from(signInTries)
    .innerJoin(person, eq(person.id, signInTries.personId))
    .where(and(eq(signInTries.organisationId, viewer.organisationId), gt(signInTries.until, now)))
    .groupBy(person.id, person.name)
    .orderBy(asc(person.name))
    .limit(500)
  return {
    people: rows.map((row) => ({
      id: row.id,
      name: row.name,
      failures: row.failures ?? 0,
      until: (row.until ?? now).toISOString()
    }))
  }
}

/** Lets somebody of one's own organisation try again at once. Nobody unlocks themselves. */
export async function unlock(
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> {
  if (id === viewer.personId) return refuse('conflict', 'Ask somebody else to let you try again.')
  return db.transaction(async (tx): Promise<Outcome<{ readonly accepted: true }>> => {
    const [found] = await tx
      .select({ id: person.id })
      .from(person)
      .where(and(eq(person.id, id), eq(person.organisationId, viewer.organisationId)))
    if (found === undefined) return refuse('not-found', 'There is nobody of that name in your organisation.')
    await tx.delete(signInTries).where(eq(signInTries.personId, id))
    await recordAct(tx, viewer, { act: 'sign-in-unlocked', subject: id, detail: '' }, now)
    return ok({ accepted: true as const })
  })
}
