import { and, eq, max } from 'drizzle-orm'
import type { Board } from '../../contract/wire/v1/console'
import { boardAlerts, type TeamScope } from '../alerts/view'
import type { Database, Queries } from '../store/open'
import { streamEvent } from '../store/tables'
import { tiles } from './tiles'

/**
 * A team's board and the cursor that belongs to it, read from one snapshot of the database: what is not on the board
 * comes on the stream after the cursor, and nothing comes twice.
 */
export async function board(db: Database, scope: TeamScope, now: Date): Promise<Board> {
  return db.transaction(
    async (tx) => ({
      cursor: String(await newestCursor(tx, scope)),
      tiles: [...(await tiles(tx, scope, 'all'))],
      alerts: [...(await boardAlerts(tx, scope, now))]
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' }
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
