import { sql } from 'drizzle-orm'
import { noteForChannels } from '../outbox/note'
import type { Queries } from '../store/open'
import { streamEvent } from '../store/tables'

/** The channel on which the database tells that a team's stream grew; the payload is the team. */
export const STREAM_CHANNEL = 'havendesk_stream'

export interface Place {
  readonly organisationId: string
  readonly teamId: string
}

/** Which row changed. */
export interface Change {
  readonly kind: 'tile' | 'alert'
  readonly subject: string
}

/**
 * Appends to a team's stream, as the last act of a transaction. The lock is held until the commit, so within a team
 * no event becomes visible after one with a higher number: a reader that has seen number n has missed nothing below.
 */
export async function appendStream(
  tx: Queries,
  place: Place,
  changes: readonly Change[],
  now: Date
): Promise<void> {
  if (changes.length === 0) return
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${place.teamId}, 7201))`)
  await tx.insert(streamEvent).values(
    changes.map((change) => ({
      organisationId: place.organisationId,
      teamId: place.teamId,
      kind: change.kind,
      subject: change.subject,
      at: now
    }))
  )
  await noteForChannels(tx, place, changes, now)
  await tx.execute(sql`SELECT pg_notify(${STREAM_CHANNEL}, ${place.teamId})`)
}
