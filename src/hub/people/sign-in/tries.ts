import { and, eq, sql } from 'drizzle-orm'
import { afterFailure, waitOf, type Tries } from '../../../core/sign-in/wait'
import { refuse, type Refusal } from '../../outcome'
import type { Database, Queries } from '../../store/open'
import { signInTries, type Side } from '../../store/sign-in-tables'
import type { PersonRow } from './person'

/**
 * Counts a try before it is made, as if it were wrong: asking many times at once gains nothing. `waits` when it may not
 * be made now. What was right is given back with `restoreTry` or, after a whole sign-in, with `forgetTries`.
 */
export async function beginTry(
  db: Database,
  person: PersonRow,
  side: Side,
  now: Date
): Promise<'go' | 'waits'> {
  const { id: personId, organisationId, teamId } = person
  return db.transaction(async (tx) => {
    // One after the other for each person and side, also where there is no row yet.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${personId} ${side}`}, 0))`)
    const [row] = await tx.select().from(signInTries).where(of(personId, side))
    const before = row === undefined ? null : triesOf(row)
    if (waitOf(before, now.getTime()) > 0) return 'waits'
    const after = afterFailure(before, now.getTime())
    const values = {
      failures: after.failures,
      lastAt: new Date(after.lastAt),
      until: new Date(after.until)
    }
    await tx
      .insert(signInTries)
      .values({ personId, organisationId, teamId, side, ...values })
      .onConflictDoUpdate({ target: [signInTries.personId, signInTries.side], set: values })
    return 'go'
  })
}

/** It was right, and the sign-in is not yet whole: as if it had not been made. */
export async function restoreTry(db: Queries, personId: string, side: Side): Promise<void> {
  await db
    .update(signInTries)
    .set({ failures: sql`greatest(0, ${signInTries.failures} - 1)`, until: sql`${signInTries.lastAt}` })
    .where(of(personId, side))
}

/** Somebody signed in, so the wrong tries from there are over. */
export async function forgetTries(db: Queries, personId: string, side: Side): Promise<void> {
  await db.delete(signInTries).where(of(personId, side))
}

const of = (personId: string, side: Side) =>
  and(eq(signInTries.personId, personId), eq(signInTries.side, side))

const triesOf = (row: typeof signInTries.$inferSelect): Tries => ({
  failures: row.failures,
  lastAt: row.lastAt.getTime(),
  until: row.until.getTime()
})

/** The same answer for an address that nobody has: it waits by the same rule. Kept in memory, the oldest go first. */
export function createNobodysTries(max = 10_000) {
  const known = new Map<string, Tries>()
  return (account: string, now: Date): 'go' | 'waits' => {
    const before = known.get(account) ?? null
    if (waitOf(before, now.getTime()) > 0) return 'waits'
    known.delete(account)
    known.set(account, afterFailure(before, now.getTime()))
    const [oldest] = known.keys()
    if (known.size > max && oldest !== undefined) known.delete(oldest)
    return 'go'
  }
}

/** What somebody reads whose sign-in waits; the same whoever they are. */
export const waits = (): Refusal =>
  refuse(
    'too-many-tries',
    'Too many wrong tries. Wait up to fifteen minutes, or ask your lead or IT to let you try again.'
  )
