import { and, asc, isNotNull, isNull, lte, or, eq } from 'drizzle-orm'
import { step } from '../../core/alert/life-cycle'
import type { Terms } from '../../core/alert/terms'
import type { Database } from '../store/open'
import { alert } from '../store/tables'
import { appendStream, type Change } from '../stream/append'
import { columnsOf, lifeOf } from './life-row'
import { termsFor } from './terms'

/** Most alerts of one round; the next one comes a second later. */
const BATCH = 500

/**
 * Does what became due by now: alerts that nobody answered are passed on, decisions that nobody objected to are closed.
 * Only what is stored counts, so a hub that was down, or another one, goes on where this one was. Returns how many.
 */
export async function judgeDeadlines(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(alert)
      .where(
        or(
          and(lte(alert.escalateAt, now), isNotNull(alert.escalateAt)),
          and(lte(alert.appealUntil, now), isNull(alert.closedAt), isNull(alert.appealedAt))
        )
      )
      // Teams in one order, so that two judges could not wait for each other.
      .orderBy(asc(alert.teamId), asc(alert.id))
      .limit(BATCH)
      .for('update', { skipLocked: true })
    const byTeam = new Map<string, { organisationId: string; teamId: string; changes: Change[] }>()
    const termsOf = new Map<string, Terms>()
    for (const row of due) {
      const terms = termsOf.get(row.organisationId) ?? (await termsFor(tx, row.organisationId))
      termsOf.set(row.organisationId, terms)
      const next = step(lifeOf(row), { kind: 'time', at: now.getTime() }, row.severity, terms)
      // What is due in its column and not by the rules would come again in every round.
      const columns = next.ok ? columnsOf(next.value) : { escalateAt: null }
      await tx.update(alert).set(columns).where(eq(alert.id, row.id))
      const place = byTeam.get(row.teamId) ?? { ...row, changes: [] }
      place.changes.push({ kind: 'alert', subject: row.id })
      byTeam.set(row.teamId, place)
    }
    for (const place of byTeam.values()) await appendStream(tx, place, place.changes, now)
    return due.length
  })
}
