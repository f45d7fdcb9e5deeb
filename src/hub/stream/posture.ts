import { and, eq } from 'drizzle-orm'
import type { DeskChecks } from '../../contract/wire/v1/console'
import type { TeamScope } from '../people/scope'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Queries } from '../store/open'
import { desk } from '../store/tables'
import { tiles } from './tiles'

/**
 * Every check of one desk of a team, as the desk told it last. While the hub has no word from the desk, or no reason to
 * believe it, nothing that it said counts: each check is `stale`.
 */
export async function deskChecks(
  db: Queries,
  scope: TeamScope,
  id: string,
  now: Date
): Promise<Outcome<DeskChecks>> {
  const [row] = await db
    .select({ posture: desk.posture, lastHeardAt: desk.lastHeardAt })
    .from(desk)
    .where(
      and(
        eq(desk.workstationId, id),
        eq(desk.organisationId, scope.organisationId),
        eq(desk.teamId, scope.teamId)
      )
    )
  const [tile] = await tiles(db, scope, [id], now)
  if (row === undefined || tile === undefined)
    return refuse('not-found', 'There is no such desk in your team.')
  const counts = tile.state !== 'unknown'
  return ok({
    workstation: id,
    heardAt: row.lastHeardAt?.toISOString() ?? null,
    checks: row.posture.map((check) =>
      counts ? check : { ...check, state: 'stale', remedy: 'remedy.check.stale' }
    )
  })
}
