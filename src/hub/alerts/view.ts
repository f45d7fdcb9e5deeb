import { and, eq, gte, inArray, isNotNull, isNull, desc, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AlertView } from '../../contract/wire/v1/console'
import { alertsWithin, type Scope, type TeamScope } from '../people/scope'
import type { Queries } from '../store/open'
import { alert, attestation, person, workstation } from '../store/tables'
import { lifeViewOf, timelineOf } from './life-view'

/** An alert as it is shown, and the team that it is of. */
export interface FoundAlert {
  readonly teamId: string
  readonly view: AlertView
}

type AlertScope = TeamScope & Partial<Scope>

/** Most alerts that a board starts with; the newest. */
const BOARD_LIMIT = 2000
const BOARD_RECENT_MS = 3_600_000

/** The alerts named by `ids`, as supervisors see them; those out of the scope are left out. */
export async function alertViews(
  db: Queries,
  scope: AlertScope,
  ids: readonly string[]
): Promise<readonly FoundAlert[]> {
  if (ids.length === 0) return []
  return selectAlerts(db, scope, inArray(alert.id, [...ids]))
}

/** What a board starts with: alerts not yet acknowledged, objections not yet answered, the last hour; newest first. */
export async function boardAlerts(db: Queries, scope: AlertScope, now: Date): Promise<readonly FoundAlert[]> {
  const recent = new Date(now.getTime() - BOARD_RECENT_MS)
  const unanswered = and(isNotNull(alert.appealedAt), isNull(alert.closedAt))
  return selectAlerts(db, scope, or(isNull(alert.acknowledgedAt), unanswered, gte(alert.receivedAt, recent)))
}

/** Alerts of a scope, newest first. */
export async function selectAlerts(
  db: Queries,
  scope: AlertScope,
  which: SQL | undefined,
  limit = BOARD_LIMIT
): Promise<FoundAlert[]> {
  const deliverer = alias(person, 'deliverer')
  const acknowledger = alias(person, 'acknowledger')
  const decider = alias(person, 'decider')
  const answerer = alias(person, 'answerer')
  const rows = await db
    .select({
      alert,
      label: workstation.label,
      simulated: workstation.simulated,
      person: person.name,
      deliverer: deliverer.name,
      acknowledger: acknowledger.name,
      decider: decider.name,
      answerer: answerer.name,
      attestation
    })
    .from(alert)
    .innerJoin(workstation, eq(workstation.id, alert.workstationId))
    .leftJoin(person, eq(person.id, alert.personId))
    .leftJoin(deliverer, eq(deliverer.id, alert.deliveredBy))
    .leftJoin(acknowledger, eq(acknowledger.id, alert.acknowledgedBy))
    .leftJoin(decider, eq(decider.id, alert.decidedBy))
    .leftJoin(answerer, eq(answerer.id, alert.appealAnsweredBy))
    .leftJoin(attestation, eq(attestation.id, alert.attestationId))
    .where(and(alertsWithin(scope), which))
    .orderBy(desc(alert.receivedAt), desc(alert.id))
    .limit(limit)
  return rows.map((row) => ({ teamId: row.alert.teamId, view: toView(row) }))
}

export interface ViewRow {
  readonly alert: typeof alert.$inferSelect
  readonly label: string
  readonly simulated: boolean
  readonly person: string | null
  readonly deliverer: string | null
  readonly acknowledger: string | null
  readonly decider: string | null
  readonly answerer: string | null
  readonly attestation: typeof attestation.$inferSelect | null
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function toView(row: ViewRow): AlertView {
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
    life: lifeViewOf(row),
    timeline: timelineOf(row)
  }
}
