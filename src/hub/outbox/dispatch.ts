import { eq, sql } from 'drizzle-orm'
import type { Notification } from 'pg'
import { waitAfter } from '../../core/integration/back-off'
import type { ChannelKind } from '../../core/integration/event'
import { outboxMessage } from '../store/integration-tables'
import type { Database, Store } from '../store/open'
import { OUTBOX_CHANNEL } from './enqueue'
import type { Letter, Senders, Sent } from './send'

/** How often it is looked for what became due, milliseconds; what is new is told at once. */
const LOOK_MS = 500
/** Messages on their way at one time, of one channel and of all: one that does not answer holds up no other. */
const PER_CHANNEL = 6
const AT_ONCE = 48

export interface DispatchParts {
  readonly senders: Senders
  readonly now: () => Date
  readonly chance: () => number
  readonly onError: (error: unknown) => void
}

export interface Dispatcher {
  /** Ends after what is on its way has come to an end. */
  close(): Promise<void>
}

interface Due extends Record<string, unknown> {
  readonly id: string
  readonly channel_id: string
  readonly event: string
  readonly body: string
  readonly created_at: string
  readonly tries: number
  readonly kind: ChannelKind
  readonly target: string
  readonly salt: Buffer
  readonly demo: boolean
}

/**
 * Sends what stands in the outbox. What is due stands in the database alone: a hub that ends in the middle sends again
 * what it did not note as delivered, under the same id.
 */
export async function openDispatcher(
  store: Pick<Store, 'line'> & { readonly db: Database },
  parts: DispatchParts
): Promise<Dispatcher> {
  const { db } = store
  const underWay = new Map<string, { readonly channel: string; readonly done: Promise<void> }>()
  let looking: Promise<void> | null = null
  const state = { again: false, closing: false }

  const look = async (): Promise<void> => {
    state.again = false
    const due = await findDue(db, underWay, parts.now())
    for (const letter of due) {
      const done = deliver(db, letter, parts)
        .catch(parts.onError)
        .then(() => {
          underWay.delete(letter.id)
          poke()
        })
      underWay.set(letter.id, { channel: letter.channel_id, done })
    }
  }
  const poke = (): void => {
    state.again = true
    if (looking !== null || state.closing) return
    looking = (async () => {
      while (state.again && !state.closing) await look()
    })()
      .catch(parts.onError)
      .finally(() => {
        looking = null
        if (state.again) poke()
      })
  }
  const onNotice = (notice: Notification): void => {
    if (notice.channel === OUTBOX_CHANNEL) poke()
  }
  store.line.on('notification', onNotice)
  await store.line.query(`LISTEN ${OUTBOX_CHANNEL}`)
  const timer = setInterval(poke, LOOK_MS)
  poke()
  return {
    close: async () => {
      state.closing = true
      clearInterval(timer)
      store.line.off('notification', onNotice)
      await looking
      await Promise.all([...underWay.values()].map(({ done }) => done))
    }
  }
}

/** What may be sent now: due, not under way, the first that waits about its subject, and few of each channel. */
async function findDue(
  db: Database,
  underWay: ReadonlyMap<string, { readonly channel: string }>,
  now: Date
): Promise<readonly Due[]> {
  const room = AT_ONCE - underWay.size
  if (room <= 0) return []
  const busy = new Map<string, number>()
  for (const { channel } of underWay.values()) busy.set(channel, (busy.get(channel) ?? 0) + 1)
  const found = await db.execute<Due & { readonly place: string }>(sql`
    SELECT m.id, m.channel_id, m.event, m.body, m.created_at, m.tries, c.kind, c.target, c.salt, o.demo,
      row_number() OVER (PARTITION BY m.channel_id ORDER BY m.number) AS place
    FROM outbox_message m
      JOIN channel c ON c.id = m.channel_id
      JOIN organisation o ON o.organisation_id = m.organisation_id
    WHERE m.next_try_at <= ${now.toISOString()}::timestamptz
      AND NOT m.id = ANY(${sql.param([...underWay.keys()])}::uuid[])
      AND NOT EXISTS (
        SELECT 1 FROM outbox_message e
        WHERE e.channel_id = m.channel_id AND e.subject = m.subject AND e.number < m.number
          AND e.next_try_at IS NOT NULL)
    ORDER BY place, m.number
    LIMIT ${room}`)
  return found.rows.filter((row) => Number(row.place) + (busy.get(row.channel_id) ?? 0) <= PER_CHANNEL)
}

async function deliver(db: Database, due: Due, { senders, now, chance }: DispatchParts): Promise<void> {
  const letter: Letter = {
    id: due.id,
    event: due.event,
    body: due.body,
    createdAt: new Date(due.created_at),
    target: due.target,
    salt: due.salt,
    demo: due.demo
  }
  const sent = await senders[due.kind].send(letter, now())
  await noteOutcome(db, due, sent, now(), chance())
}

async function noteOutcome(db: Database, due: Due, sent: Sent, now: Date, chance: number): Promise<void> {
  const tries = due.tries + 1
  const wait = sent.ok || sent.final ? null : waitAfter(tries, chance)
  await db
    .update(outboxMessage)
    .set({
      tries,
      nextTryAt: wait === null ? null : new Date(now.getTime() + wait),
      deliveredAt: sent.ok ? now : null,
      deadAt: !sent.ok && wait === null ? now : null,
      lastProblem: sent.ok ? null : sent.problem
    })
    .where(eq(outboxMessage.id, due.id))
}
