import { sql } from 'drizzle-orm'
import type { Database } from '../store/open'

/** How long it is known that something was delivered, and how long it can be sent again that was not, milliseconds. */
export const DELIVERED_KEPT_MS = 7 * 86_400_000
export const DEAD_KEPT_MS = 30 * 86_400_000

/** Forgets what was delivered, or given up, long ago. */
export async function pruneOutbox(db: Database, now: Date): Promise<void> {
  const before = (ms: number): string => new Date(now.getTime() - ms).toISOString()
  await db.execute(sql`
    DELETE FROM outbox_message
    WHERE delivered_at < ${before(DELIVERED_KEPT_MS)}::timestamptz
      OR dead_at < ${before(DEAD_KEPT_MS)}::timestamptz`)
}
