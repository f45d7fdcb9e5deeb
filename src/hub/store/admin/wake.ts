import { sql } from 'drizzle-orm'
import type { Queries } from '../open'

/** The channel on which the database tells that a workstation should ask now; the payload is its id. */
export const WAKE_CHANNEL = 'havendesk_wake'

/** Has a workstation woken that holds a line open, once the transaction commits. */
export async function wakeDevice(db: Queries, workstation: string): Promise<void> {
  await db.execute(sql`SELECT pg_notify(${WAKE_CHANNEL}, ${workstation})`)
}
