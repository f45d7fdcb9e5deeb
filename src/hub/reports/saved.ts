import { randomUUID } from 'node:crypto'
import { and, asc, count, eq } from 'drizzle-orm'
import {
  MOST_FILTERS,
  reportFilterSchema,
  type NewFilter,
  type SavedFilterList
} from '../../contract/wire/v1/saved-filter'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { isDuplicate } from '../store/admin/refusal'
import type { Database, Queries } from '../store/open'
import { savedFilter } from '../store/oversight-tables'
import { person } from '../store/tables'

type Accepted = { readonly accepted: true }

/** Filters that somebody keeps for themselves. Nobody else's are in any answer, nor touched by any act. */
const mine = ({ organisationId, personId }: Viewer, id?: string) =>
  and(
    eq(savedFilter.organisationId, organisationId),
    eq(savedFilter.personId, personId),
    id === undefined ? undefined : eq(savedFilter.id, id)
  )

export async function savedFilters(db: Queries, viewer: Viewer): Promise<SavedFilterList> {
  const rows = await db.select().from(savedFilter).where(mine(viewer)).orderBy(asc(savedFilter.name))
  return {
    // One that a later version wrote is left out, and still there for it.
    filters: rows.flatMap(({ id, name, filter }) => {
      const known = reportFilterSchema.safeParse(filter)
      return known.success ? [{ id, name, filter: known.data }] : []
    })
  }
}

export async function saveFilter(
  db: Database,
  viewer: Viewer,
  { name, filter }: NewFilter,
  now: Date
): Promise<Outcome<{ readonly id: string }>> {
  const { organisationId, teamId, personId } = viewer
  const id = randomUUID()
  return unlessTaken(() =>
    db.transaction(async (tx) => {
      // One after the other for each person, so that two at once are not one too many.
      await tx.select({ id: person.id }).from(person).where(eq(person.id, personId)).for('no key update')
      const [kept] = await tx.select({ n: count() }).from(savedFilter).where(mine(viewer))
      if ((kept?.n ?? 0) >= MOST_FILTERS)
        return refuse('conflict', `${MOST_FILTERS} filters are the most. Delete one first.`, {
          field: 'filter'
        })
      await tx.insert(savedFilter).values({ id, organisationId, teamId, personId, name, filter, madeAt: now })
      return ok({ id })
    })
  )
}

export const renameFilter = (
  db: Queries,
  viewer: Viewer,
  id: string,
  name: string
): Promise<Outcome<Accepted>> =>
  unlessTaken(async () =>
    found(
      await db.update(savedFilter).set({ name }).where(mine(viewer, id)).returning({ id: savedFilter.id })
    )
  )

export const removeFilter = async (db: Queries, viewer: Viewer, id: string): Promise<Outcome<Accepted>> =>
  found(await db.delete(savedFilter).where(mine(viewer, id)).returning({ id: savedFilter.id }))

const found = (rows: readonly unknown[]): Outcome<Accepted> =>
  rows.length > 0 ? ok({ accepted: true }) : refuse('not-found', 'You keep no filter of that name.')

async function unlessTaken<T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return refuse('conflict', 'You keep a filter of that name already.', { field: 'name' })
  }
}
