import { and, asc, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import type { AdvocateList, AdvocateTrend, TrendQuery } from '../../contract/wire/v1/coaching'
import { verdictOf } from '../../core/alert/life'
import { judgedRuleIds, type RuleId } from '../../core/judgement/rule'
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

const DAY_MS = 86_400_000
const NOON_MS = DAY_MS / 2
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
/** What is of the person and their room: not a supervisor's lock, a call for help, or a computer or hub that failed. */
const ofPeople: RuleId[] = [...judgedRuleIds, 'application-denied', 'application-warned']

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
    await recordAct(
      tx,
      viewer,
      { act: 'trend-read', subject: id, detail: String(query.mondays.length - 1) },
      now
    )
    return ok({ advocate, weeks: weeksOf(query, await knownOf(tx, viewer, id, query, now)) })
  })

async function knownOf(
  tx: Queries,
  viewer: Viewer,
  id: string,
  { mondays }: TrendQuery,
  now: Date
): Promise<Known> {
  const [first, last] = [new Date(mondays[0] ?? now), new Date(mondays.at(-1) ?? now)]
  // Their alerts at whatever desk they sat; the team was asked for with the person.
  const alerts = await tx
    .select()
    .from(alert)
    .where(
      and(
        alertsWithin({ ...viewer, reach: 'organisation' }),
        eq(alert.personId, id),
        inArray(alert.rule, ofPeople),
        gte(alert.receivedAt, first),
        lt(alert.receivedAt, last)
      )
    )
  // One that was left open is ended by the next sign-in, perhaps days later: it goes as far as somebody was there, else as
  // far as its desk was heard.
  const ended = sql<Date>`coalesce(least(${deviceSession.endedAt}, ${deviceSession.activeAt} + interval '1 hour'), ${desk.lastHeardAt}, ${deviceSession.startedAt})`
  // What was worked without the hub began before the hub heard of it.
  const began = sql<Date>`coalesce(${deviceSession.offlineSince}, ${deviceSession.startedAt})`
  const sessions = await tx
    .select({
      from: began.mapWith(deviceSession.startedAt),
      to: ended.mapWith(deviceSession.startedAt)
    })
    .from(deviceSession)
    .leftJoin(desk, eq(desk.workstationId, deviceSession.workstationId))
    .where(
      and(
        eq(deviceSession.personId, id),
        eq(deviceSession.organisationId, viewer.organisationId),
        gte(began, new Date(first.getTime() - LONGEST_SESSION_MS)),
        lt(began, last)
      )
    )
  const days = await tx
    .select()
    .from(callFigures)
    .where(
      and(
        eq(callFigures.personId, id),
        eq(callFigures.organisationId, viewer.organisationId),
        gte(callFigures.day, dayOf(first.getTime() - DAY_MS)),
        lte(callFigures.day, dayOf(last.getTime() + DAY_MS))
      )
    )
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
