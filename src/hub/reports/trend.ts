import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import type { AdvocateList, AdvocateTrend, TrendQuery } from '../../contract/wire/v1/coaching'
import { verdictOf } from '../../core/alert/life'
import { ok } from '../../core/result'
import { lifeOf } from '../alerts/life-row'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { alertsWithin, within } from '../people/scope'
import { callFigures } from '../store/integration-tables'
import type { Database, Queries } from '../store/open'
import { alert, desk, deviceSession, person } from '../store/tables'
import { LONGEST_SESSION_MS, weeksOf, type Known } from './weeks'

const WEEK_MS = 7 * 86_400_000
const NOON_MS = 12 * 3_600_000

/** The advocates of the viewer's team. */
export async function advocatesOf(db: Queries, viewer: Viewer): Promise<AdvocateList> {
  const advocates = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(and(within(person, viewer), eq(person.role, 'advocate'), isNull(person.disabledAt)))
    .orderBy(asc(person.name), asc(person.id))
    .limit(2000)
  return { advocates }
}

/** One advocate's weeks. Who looks at somebody's trend is in the record: it is shown only with that. */
export const trendOf = (
  db: Database,
  viewer: Viewer,
  id: string,
  query: TrendQuery,
  now: Date
): Promise<Outcome<AdvocateTrend>> =>
  db.transaction(async (tx): Promise<Outcome<AdvocateTrend>> => {
    const [advocate] = await tx
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(and(eq(person.id, id), within(person, viewer), eq(person.role, 'advocate')))
    if (advocate === undefined) return refuse('not-found', 'There is no such advocate in your team.')
    await recordAct(tx, viewer, { act: 'trend-read', subject: id, detail: String(query.weeks) }, now)
    return ok({ advocate, weeks: weeksOf(query, await knownOf(tx, viewer, id, query, now)) })
  })

async function knownOf(
  tx: Queries,
  viewer: Viewer,
  id: string,
  { from, weeks }: TrendQuery,
  now: Date
): Promise<Known> {
  const first = new Date(from)
  const last = new Date(first.getTime() + weeks * WEEK_MS)
  // Their alerts at whatever desk they sat; the team was asked for with the person.
  const alerts = await tx
    .select()
    .from(alert)
    .where(
      and(
        alertsWithin({ ...viewer, reach: 'organisation' }),
        eq(alert.personId, id),
        gte(alert.receivedAt, first),
        lt(alert.receivedAt, last)
      )
    )
  // A session that nobody ended goes as far as its desk was heard.
  const ended = sql<Date>`coalesce(${deviceSession.endedAt}, ${desk.lastHeardAt}, ${deviceSession.startedAt})`
  const sessions = await tx
    .select({ from: deviceSession.startedAt, to: ended.mapWith(deviceSession.startedAt) })
    .from(deviceSession)
    .leftJoin(desk, eq(desk.workstationId, deviceSession.workstationId))
    .where(
      and(
        eq(deviceSession.personId, id),
        eq(deviceSession.organisationId, viewer.organisationId),
        gte(deviceSession.startedAt, new Date(first.getTime() - LONGEST_SESSION_MS)),
        lt(deviceSession.startedAt, last)
      )
    )
  const days = await tx
    .select()
    .from(callFigures)
    .where(and(eq(callFigures.personId, id), eq(callFigures.organisationId, viewer.organisationId)))
  return {
    sessions: sessions.map((one) => ({
      from: one.from.getTime(),
      to: Math.min(one.to.getTime(), now.getTime())
    })),
    alerts: alerts.map((row) => ({
      at: row.receivedAt.getTime(),
      rule: row.rule,
      verdict: verdictOf(lifeOf(row)),
      hiddenMs: row.hidden ? (row.durationMs ?? 0) : 0
    })),
    days: days.map(({ day, calls, adherence }) => ({ at: Date.parse(day) + NOON_MS, calls, adherence }))
  }
}
