import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Place } from '../stream/append'
import { outboxMessage } from '../store/integration-tables'
import type { Queries } from '../store/open'

/** The channel of the database on which it tells that there is something to send. */
export const OUTBOX_CHANNEL = 'havendesk_outbox'

export interface News {
  readonly channelId: string
  /** What it is, such as `person.not-ready`. */
  readonly event: string
  /** Whom or what it is about: news about one go one after the other. */
  readonly subject: string
  /** Names this news among all of its channel: the same is not taken twice. */
  readonly once: string
  readonly body: object
}

/** Takes news to be sent, in the transaction of what they tell of: neither is there without the other. */
export async function enqueue(tx: Queries, place: Place, news: readonly News[], now: Date): Promise<void> {
  if (news.length === 0) return
  await tx
    .insert(outboxMessage)
    .values(
      news.map(({ channelId, event, subject, once, body }) => ({
        id: randomUUID(),
        organisationId: place.organisationId,
        teamId: place.teamId,
        channelId,
        event,
        subject,
        once,
        body: JSON.stringify(body),
        createdAt: now,
        nextTryAt: now
      }))
    )
    .onConflictDoNothing()
  await notifyOutbox(tx)
}

/** Has the outbox looked at, once the transaction commits. */
export async function notifyOutbox(tx: Queries): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${OUTBOX_CHANNEL}, '')`)
}
