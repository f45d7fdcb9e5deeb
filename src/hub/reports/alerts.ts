import { and, count, eq, gte, lt, sql } from 'drizzle-orm'
import type { AlertReport, ReportQuery } from '../../contract/wire/v1/review'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { alertsWithin, within, type Scope } from '../people/scope'
import type { Queries } from '../store/open'
import { alert, team } from '../store/tables'

/** The longest stretch of one report, milliseconds. */
const LONGEST_MS = 92 * 86_400_000

/** Counts and times of the alerts that came in a stretch, by rule and by hour. Numbers alone: no alert is shown. */
export async function alertReport(
  db: Queries,
  scope: Scope,
  query: ReportQuery
): Promise<Outcome<AlertReport>> {
  const [from, to] = [new Date(query.from), new Date(query.to)]
  const length = to.getTime() - from.getTime()
  if (length <= 0 || length > LONGEST_MS)
    return refuse('bad-request', 'A report ends after it begins, and covers 92 days at most.', {
      field: 'to'
    })
  const everyTeam = and(alertsWithin(scope), gte(alert.receivedAt, from), lt(alert.receivedAt, to))
  const teams = await db
    .select({ team: team.teamId, name: team.name, raised: count(alert.id) })
    .from(team)
    .leftJoin(alert, and(eq(alert.teamId, team.teamId), everyTeam))
    .where(within(team, scope))
    .groupBy(team.teamId, team.name)
    .orderBy(team.name)
  if (query.team !== undefined && !teams.some((one) => one.team === query.team))
    return refuse('not-found', 'There is no such team that you see.', { field: 'team' })
  const mine = and(everyTeam, query.team === undefined ? undefined : eq(alert.teamId, query.team))
  const verdict = sql`CASE WHEN ${alert.appealUpheld} THEN
      CASE ${alert.verdict} WHEN 'agreed' THEN 'false-alarm' ELSE 'agreed' END
    ELSE ${alert.verdict} END`
  const wait = sql`extract(epoch FROM ${alert.acknowledgedAt} - ${alert.receivedAt})`
  const counted = (which: ReturnType<typeof sql>) =>
    sql<number>`count(*) FILTER (WHERE ${which})`.mapWith(Number)
  const quantile = (share: number) =>
    sql<number | null>`percentile_cont(${share}::float8) WITHIN GROUP (ORDER BY ${wait})`.mapWith(
      numberOrNull
    )
  const byRule = await db
    .select({
      rule: alert.rule,
      raised: count(),
      acknowledged: counted(sql`${alert.acknowledgedAt} IS NOT NULL`),
      agreed: counted(sql`${verdict} = 'agreed'`),
      falseAlarms: counted(sql`${verdict} = 'false-alarm'`),
      acknowledgeP50S: quantile(0.5),
      acknowledgeP95S: quantile(0.95),
      escalated: counted(sql`${alert.escalatedToLeadAt} IS NOT NULL`)
    })
    .from(alert)
    .where(mine)
    .groupBy(alert.rule)
  const hour = sql<number>`extract(hour FROM ${alert.receivedAt} AT TIME ZONE 'UTC')`.mapWith(Number)
  const hours = await db.select({ hour, n: count() }).from(alert).where(mine).groupBy(hour)
  const perHour = new Map(hours.map((row) => [row.hour, row.n]))
  return ok({
    ...query,
    byRule: byRule
      .map((row) => {
        const decided = row.agreed + row.falseAlarms
        return { ...row, falseAlarmShare: decided === 0 ? null : row.falseAlarms / decided }
      })
      .sort((a, b) => b.raised - a.raised || a.rule.localeCompare(b.rule)),
    byTeam: teams,
    byHour: Array.from({ length: 24 }, (_, at) => perHour.get(at) ?? 0)
  })
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Math.max(0, Number(value)))
