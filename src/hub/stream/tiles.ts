import { and, count, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Tile } from '../../contract/wire/v1/console'
import type { TeamScope } from '../alerts/view'
import type { Queries } from '../store/open'
import { alert, desk, person, workstation } from '../store/tables'

/** The tiles of a team, all or those named; a silent desk is `unknown` since it was last heard. */
export async function tiles(
  db: Queries,
  scope: TeamScope,
  ids: readonly string[] | 'all'
): Promise<readonly Tile[]> {
  if (ids !== 'all' && ids.length === 0) return []
  const mine: SQL | undefined = and(
    eq(desk.organisationId, scope.organisationId),
    eq(desk.teamId, scope.teamId),
    ids === 'all' ? undefined : inArray(desk.workstationId, [...ids])
  )
  const rows = await db
    .select({ desk, label: workstation.label, simulated: workstation.simulated, person: person.name })
    .from(desk)
    .innerJoin(workstation, eq(workstation.id, desk.workstationId))
    .leftJoin(person, eq(person.id, desk.personId))
    .where(and(mine, isNull(workstation.revokedAt)))
    .orderBy(workstation.enrolledAt, workstation.id)
  const open = await openAlerts(db, scope, ids)
  return rows.map((row) => ({
    workstation: row.desk.workstationId,
    label: row.label,
    person: row.desk.personId === null ? null : { id: row.desk.personId, name: row.person ?? '' },
    simulated: row.simulated,
    ...wordOf(row.desk),
    lastHeard: row.desk.lastHeardAt?.toISOString() ?? null,
    openAlerts: open.get(row.desk.workstationId) ?? 0
  }))
}

function wordOf(
  stored: typeof desk.$inferSelect
): Pick<Tile, 'state' | 'locked' | 'reasons' | 'since' | 'checks'> {
  if (stored.silentSince !== null) {
    const since = stored.lastHeardAt ?? stored.silentSince
    return {
      state: 'unknown',
      locked: false,
      reasons: [],
      since: since.toISOString(),
      checks: { camera: 'unknown', device: 'unknown', network: 'unknown' }
    }
  }
  return {
    state: stored.state,
    locked: stored.locked,
    reasons: stored.reasons,
    since: stored.since.toISOString(),
    checks: { camera: 'unknown', device: 'unknown', network: 'unknown', ...stored.checks }
  }
}

async function openAlerts(db: Queries, scope: TeamScope, ids: readonly string[] | 'all') {
  const rows = await db
    .select({ workstation: alert.workstationId, open: count() })
    .from(alert)
    .where(
      and(
        eq(alert.organisationId, scope.organisationId),
        eq(alert.teamId, scope.teamId),
        isNull(alert.acknowledgedAt),
        ids === 'all' ? undefined : inArray(alert.workstationId, [...ids])
      )
    )
    .groupBy(alert.workstationId)
  return new Map(rows.map((row) => [row.workstation, row.open]))
}
