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
 * comes on the stream after the cursor, and nothing comes twice. Who sees it is noted before it is answered.
 */
export async function board(db: Database, viewer: Viewer, now: Date): Promise<Board> {
  return db.transaction(
    async (tx) => {
      const alerts = await boardAlerts(tx, { ...viewer, reach: 'team' }, now)
      const rows = alerts.map(({ teamId, view }) => ({ reader: viewer, alert: { id: view.id, teamId } }))
      await recordReads(tx, viewer.organisationId, 'board', rows, now)
      return {
        cursor: String(await newestCursor(tx, viewer)),
        tiles: [...(await tiles(tx, viewer, 'all', now))],
        alerts: alerts.map(({ view }) => view)
      }
    },
    { isolationLevel: 'repeatable read' }
  )
}

/** Number of a team's newest stream event; 0 before the first. */
export async function newestCursor(db: Queries, scope: TeamScope): Promise<number> {
  const rows = await db
    .select({ id: max(streamEvent.id) })
    .from(streamEvent)
    .where(and(eq(streamEvent.organisationId, scope.organisationId), eq(streamEvent.teamId, scope.teamId)))
  return rows[0]?.id ?? 0
}
