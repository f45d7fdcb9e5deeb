import { sql } from 'drizzle-orm'
import type { Database } from '../store/open'

/** How long stream events are kept for consoles that come back, milliseconds. Alerts themselves are kept apart. */
export const RETENTION_MS = 24 * 3_600_000

/** Throws away old stream events; each team keeps its newest, so that a cursor never points past the end. */
export async function pruneStream(db: Database, now: Date): Promise<void> {
  const limit = new Date(now.getTime() - RETENTION_MS).toISOString()
  await db.execute(sql`
    DELETE FROM stream_event e
    WHERE e.at < ${limit}::timestamptz
      AND e.id < (SELECT max(n.id) FROM stream_event n WHERE n.team_id = e.team_id)`)
}
