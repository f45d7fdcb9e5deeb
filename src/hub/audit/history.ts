import { and, asc, count, eq, max, min } from 'drizzle-orm'
import type { AlertHistory } from '../../contract/wire/v1/review'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { alertsWithin, type Scope } from '../people/scope'
import type { Queries } from '../store/open'
import { alertRead, auditAct } from '../store/oversight-tables'
import { alert, person } from '../store/tables'

/** Who did what with an alert, and who saw it how often by which way. */
export async function alertHistory(db: Queries, scope: Scope, id: string): Promise<Outcome<AlertHistory>> {
  const found = await db
    .select({ id: alert.id })
    .from(alert)
    .where(and(eq(alert.id, id), alertsWithin(scope)))
  if (found.length === 0) return refuse('not-found', 'There is no such alert in your organisation.')
  const acts = await db
    .select({ at: auditAct.at, by: person.name, role: person.role, act: auditAct.act })
    .from(auditAct)
    .innerJoin(person, eq(person.id, auditAct.personId))
    .where(and(eq(auditAct.subject, id), eq(auditAct.organisationId, scope.organisationId)))
    .orderBy(asc(auditAct.id))
  const reads = await db
    .select({
      by: person.name,
      role: person.role,
      through: alertRead.through,
      times: count(),
      first: min(alertRead.at),
      last: max(alertRead.at)
    })
    .from(alertRead)
    .innerJoin(person, eq(person.id, alertRead.personId))
    .where(and(eq(alertRead.alertId, id), eq(alertRead.organisationId, scope.organisationId)))
    .groupBy(person.id, person.name, person.role, alertRead.through)
    .orderBy(asc(min(alertRead.at)))
  return ok({
    acts: acts.map((row) => ({ ...row, at: row.at.toISOString() })),
    reads: reads.map((row) => ({
      ...row,
      first: (row.first ?? new Date(0)).toISOString(),
      last: (row.last ?? new Date(0)).toISOString()
    }))
  })
}
