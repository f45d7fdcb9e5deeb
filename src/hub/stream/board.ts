import { and, eq, max } from 'drizzle-orm'
import type { Board } from '../../contract/wire/v1/console'
import { boardAlerts } from '../alerts/view'
import { recordReads } from '../audit/reads'
import type { Viewer } from '../people/console-session'
import type { TeamScope } from '../people/scope'
import type { Database, Queries } from '../store/open'
import { streamEvent } from '../store/tables'
import { tiles } from './tiles'

/**
 * A team's board and the cursor that belongs to it, read from one snapshot of the database: what is not on the board
 * comes on the stream after the cursor, and nothing comes twice. Who sees it is noted before it is answered, and behind
 * the snapshot: PostgreSQL ends a snapshot's transaction (40001) that points at an alert which somebody is changing.
 */
export async function board(db: Database, viewer: Viewer, now: Date): Promise<Board> {
  const { alerts, ...rest } = await db.transaction(
    async (tx) => ({
      cursor: String(await newestCursor(tx, viewer)),
      tiles: [...(await tiles(tx, viewer, 'all', now))],
      alerts: await boardAlerts(tx, { ...viewer, reach: 'team' }, now)
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' }
  )
  const rows = alerts.map(({ teamId, view }) => ({ reader: viewer, alert: { id: view.id, teamId } }))
  await db.transaction((tx) => recordReads(tx, viewer.organisationId, 'board', rows, now))
  return { ...rest, alerts: alerts.map(({ view }) => view) }
}

/** Number of a team's newest stream event; 0 before the first. */
export async function newestCursor(db: Queries, scope: TeamScope): Promise<number> {
  const rows = await db
    .select({ id: max(streamEvent.id) })
    .from(streamEvent)
    .where(and(eq(streamEvent.organisationId, scope.organisationId), eq(streamEvent.teamId, scope.teamId)))
  return rows[0]?.id ?? 0
}
