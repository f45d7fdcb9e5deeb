import { and, eq, gte, inArray, isNull, desc, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AlertView } from '../../contract/wire/v1/console'
import type { Queries } from '../store/open'
import { alert, attestation, person, workstation } from '../store/tables'

export interface TeamScope {
  readonly organisationId: string
  readonly teamId: string
}

/** Most alerts that a board starts with; the newest. */
const BOARD_LIMIT = 2000
const BOARD_RECENT_MS = 3_600_000

/** The alerts of a team named by `ids`, as supervisors see them; those of other teams are left out. */
export async function alertViews(
  db: Queries,
  scope: TeamScope,
  ids: readonly string[]
): Promise<readonly AlertView[]> {
  if (ids.length === 0) return []
  return select(db, scope, inArray(alert.id, [...ids]))
}

/** What a board starts with: every alert not yet acknowledged and those of the last hour, newest first. */
export async function boardAlerts(db: Queries, scope: TeamScope, now: Date): Promise<readonly AlertView[]> {
  const recent = new Date(now.getTime() - BOARD_RECENT_MS)
  return select(db, scope, or(isNull(alert.acknowledgedAt), gte(alert.receivedAt, recent)))
}

async function select(db: Queries, scope: TeamScope, which: SQL | undefined): Promise<AlertView[]> {
  const deliverer = alias(person, 'deliverer')
  const acknowledger = alias(person, 'acknowledger')
  const rows = await db
    .select({
      alert,
      label: workstation.label,
      simulated: workstation.simulated,
      person: person.name,
      deliverer: deliverer.name,
      acknowledger: acknowledger.name,
      attestation
    })
    .from(alert)
    .innerJoin(workstation, eq(workstation.id, alert.workstationId))
    .leftJoin(person, eq(person.id, alert.personId))
    .leftJoin(deliverer, eq(deliverer.id, alert.deliveredBy))
    .leftJoin(acknowledger, eq(acknowledger.id, alert.acknowledgedBy))
    .leftJoin(attestation, eq(attestation.id, alert.attestationId))
    .where(and(eq(alert.organisationId, scope.organisationId), eq(alert.teamId, scope.teamId), which))
    .orderBy(desc(alert.receivedAt), desc(alert.id))
    .limit(BOARD_LIMIT)
  return rows.map(toView)
}

interface Row {
  readonly alert: typeof alert.$inferSelect
  readonly label: string
  readonly simulated: boolean
  readonly person: string | null
  readonly deliverer: string | null
  readonly acknowledger: string | null
  readonly attestation: typeof attestation.$inferSelect | null
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function toView(row: Row): AlertView {
  const { alert: stored } = row
  return {
    id: stored.id,
    workstation: stored.workstationId,
    label: row.label,
    person: stored.personId === null ? null : { id: stored.personId, name: row.person ?? '' },
    simulated: row.simulated,
    rule: stored.rule,
    severity: stored.severity,
    status: stored.acknowledgedAt === null ? 'raised' : 'acknowledged',
    active: stored.endedAt === null,
    hidden: stored.hidden,
    response: stored.response,
    times: stored.times,
    score: stored.score,
    people: stored.people,
    raisedAt: stored.raisedAt.toISOString(),
    receivedAt: stored.receivedAt.toISOString(),
    endedAt: iso(stored.endedAt),
    durationMs: stored.durationMs,
    acknowledgedAt: iso(stored.acknowledgedAt),
    acknowledgedBy: row.acknowledger,
    timesToday: stored.timesToday,
    device: {
      build: stored.build,
      flavour: stored.flavour,
      keyClass: stored.keyClass,
      model: stored.model,
      policyVersion: stored.policyVersion
    },
    attestation:
      row.attestation === null
        ? null
        : {
            id: row.attestation.id,
            at: row.attestation.at.toISOString(),
            buildHash: row.attestation.buildHash,
            buildAllowed: row.attestation.buildAllowed,
            quoted: row.attestation.pcrHash !== null
          },
    timeline: timelineOf(row)
  }
}

function timelineOf(row: Row): AlertView['timeline'] {
  const entry = (what: AlertView['timeline'][number]['what'], at: Date | null, by: string | null = null) =>
    at === null ? [] : [{ at: at.toISOString(), what, by }]
  const { alert: stored } = row
  return [
    ...entry('seen', stored.raisedAt),
    ...entry('received', stored.receivedAt),
    ...entry('delivered', stored.deliveredAt, row.deliverer),
    ...entry('acknowledged', stored.acknowledgedAt, row.acknowledger),
    ...entry('ended', stored.endedAt)
  ].sort((left, right) => left.at.localeCompare(right.at))
}
