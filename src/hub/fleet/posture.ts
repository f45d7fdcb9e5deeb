import { and, eq, sql } from 'drizzle-orm'
import type { Posture } from '../../contract/wire/v1/device-admin'
import type { TeamScope } from '../people/scope'
import type { Queries } from '../store/open'
import { desk } from '../store/tables'
import { fleetOf } from './fleet'

/** How often each check passes and does not, over the computers of the viewer's organisation whose word counts. */
export async function postureOf(
  db: Queries,
  { organisationId }: Pick<TeamScope, 'organisationId'>
): Promise<Posture> {
  const fleet = (await fleetOf(db, organisationId)).filter(({ trust }) => trust !== 'revoked')
  const counted = fleet.filter(({ counts }) => counts).map(({ workstation }) => workstation)
  const silent = fleet.filter(({ isSilent }) => isSilent).length
  const check = sql<string>`c->>'id'`
  const rows = await db
    .select({
      check,
      pass: sql<number>`(count(*) FILTER (WHERE c->>'state' = 'pass'))::int`,
      fail: sql<number>`(count(*) FILTER (WHERE c->>'state' = 'fail'))::int`,
      unproven: sql<number>`(count(*) FILTER (WHERE c->>'state' NOT IN ('pass', 'fail')))::int`
    })
    .from(desk)
    .innerJoin(sql`jsonb_array_elements(${desk.posture}) c`, sql`true`)
    .where(
      and(
        eq(desk.organisationId, organisationId),
        sql`${desk.workstationId} = ANY(${sql.param(counted)}::uuid[])`
      )
    )
    .groupBy(check)
  return {
    counted: counted.length,
    silent,
    disbelieved: fleet.length - counted.length - silent,
    checks: rows.toSorted(
      (one, other) =>
        other.fail - one.fail || other.unproven - one.unproven || one.check.localeCompare(other.check)
    )
  }
}
