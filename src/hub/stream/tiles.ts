import { and, count, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Tile } from '../../contract/wire/v1/console'
import { workOf } from '../integration/work'
import type { TeamScope } from '../people/scope'
import type { Queries } from '../store/open'
import { alert, attestation, desk, organisation, person, workstation } from '../store/tables'
import { isBelieved, trustOf } from './trust'

/** The tiles of a team, all or those named; a silent desk is `unknown` since it was last heard. */
export async function tiles(
  db: Queries,
  scope: TeamScope,
  ids: readonly string[] | 'all',
  now: Date
): Promise<readonly Tile[]> {
  if (ids !== 'all' && ids.length === 0) return []
  const mine: SQL | undefined = and(
    eq(desk.organisationId, scope.organisationId),
    eq(desk.teamId, scope.teamId),
    ids === 'all' ? undefined : inArray(desk.workstationId, [...ids])
  )
  const rows = await db
    .select({
      desk,
      workstation,
      person: person.name,
      mode: organisation.attestation,
      buildAllowed: attestation.buildAllowed
    })
    .from(desk)
    .innerJoin(workstation, eq(workstation.id, desk.workstationId))
    .innerJoin(organisation, eq(organisation.organisationId, desk.organisationId))
    .leftJoin(person, eq(person.id, desk.personId))
    .leftJoin(attestation, eq(attestation.id, desk.attestationId))
    // A board leaves out who was shut out; a board that shows one already has to hear of it.
    .where(and(mine, ids === 'all' ? isNull(workstation.revokedAt) : undefined))
    .orderBy(workstation.enrolledAt, workstation.id)
  const open = await openAlerts(db, scope, ids)
  const people = rows.flatMap((row) => row.desk.personId ?? [])
  const work = await workOf(db, scope.organisationId, people, now)
  return rows.map((row) => ({
    ...workPart(work, row.desk.personId),
    workstation: row.desk.workstationId,
    label: row.workstation.label,
    person: row.desk.personId === null ? null : { id: row.desk.personId, name: row.person ?? '' },
    simulated: row.workstation.simulated,
    ...wordOf(row.desk, isBelieved(trustOf(row))),
    trust: trustOf(row),
    lastHeard: row.desk.lastHeardAt?.toISOString() ?? null,
    openAlerts: open.get(row.desk.workstationId) ?? 0
  }))
}

/** Left out where no other system told anything. */
function workPart(work: Awaited<ReturnType<typeof workOf>>, personId: string | null): Pick<Tile, 'work'> {
  const known = personId === null ? undefined : work.get(personId)
  return known === undefined ? {} : { work: known }
}

function wordOf(
  stored: typeof desk.$inferSelect,
  believed: boolean
): Pick<Tile, 'state' | 'locked' | 'reasons' | 'since' | 'checks'> {
  if (stored.silentSince !== null || !believed) {
    const since = stored.silentSince === null ? stored.since : (stored.lastHeardAt ?? stored.silentSince)
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
