import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { StreamMessage } from '../../contract/wire/v1/console'
import { alertViews } from '../alerts/view'
import { inSight, type Sight } from '../../core/access/sight'
import { recordReads, type Reader } from '../audit/reads'
import type { TeamScope } from '../people/scope'
import type { Database } from '../store/open'
import { streamEvent } from '../store/tables'
import { newestCursor } from './board'
import { RETENTION_MS } from './prune'
import { tiles } from './tiles'

/** Where a subscriber's messages go. Neither call may wait or throw: a slow reader is its own problem. */
export interface Sink {
  send(id: number, message: StreamMessage): void
  /** Nothing more will come: the reader has to ask again. */
  end(): void
}

/** Who watches a stream, and which alerts of it are for them. */
export interface Watcher extends Reader {
  readonly sight: Sight
}

/** The stream of one team, read once from the database and given to all who watch it. */
export interface Feed {
  /** Sends everything after `after`, then everything new. The returned function ends it. */
  subscribe(watcher: Watcher, after: number, sink: Sink): () => void
  /** Something may have been added. */
  poke(): void
  readonly watchers: number
}

type Event = typeof streamEvent.$inferSelect
type Rendered = readonly [number, StreamMessage]

const isFor = (watcher: Watcher, message: StreamMessage): boolean =>
  message.kind !== 'alert' || inSight(watcher.sight, message.alert.rule)

const BATCH = 1000

/**
 * Everything a feed does runs in one line, one after the other. So a subscriber that comes in the middle is first
 * brought to where the others are and then goes along with them: nothing is lost or doubled between the two.
 */
export function createFeed(
  db: Database,
  scope: TeamScope,
  onError: (error: unknown) => void,
  now: () => Date
): Feed {
  const live = new Map<Sink, Watcher>()
  const arriving = new Map<Sink, Watcher>()
  let position: number | null = null
  let line: Promise<void> = Promise.resolve()
  let poked = false

  const enqueue = (task: () => Promise<void>): void => {
    line = line.then(task).catch(onError)
  }

  /** Notes what is about to be seen, then sends it: what could not be noted is not shown. */
  const deliver = async (to: ReadonlyMap<Sink, Watcher>, messages: readonly Rendered[]): Promise<void> => {
    const each = [...to].map(
      ([sink, watcher]) => [sink, watcher, messages.filter((one) => isFor(watcher, one[1]))] as const
    )
    const rows = each.flatMap(([, reader, own]) =>
      own.flatMap(([, message]) =>
        message.kind === 'alert' ? [{ reader, alert: { id: message.alert.id, teamId: scope.teamId } }] : []
      )
    )
    await recordReads(db, scope.organisationId, 'stream', rows, now())
    for (const [sink, , own] of each) for (const [id, message] of own) sink.send(id, message)
  }

  const advance = async (): Promise<void> => {
    poked = false
    position ??= await newestCursor(db, scope)
    for (;;) {
      const events = await read(db, scope, position, null)
      const last = events.at(-1)
      if (last === undefined) return
      await deliver(live, await render(db, scope, events, now()))
      position = last.id
      if (events.length < BATCH) return
    }
  }

  const arrive = async (watcher: Watcher, after: number, sink: Sink): Promise<void> => {
    await advance()
    if (!arriving.has(sink)) return
    const upTo = position ?? 0
    if (after !== upTo && !(await isKnown(db, scope, after, upTo, now()))) {
      sink.send(upTo, { kind: 'reload' })
    } else {
      for (let from = after; from < upTo;) {
        const events = await read(db, scope, from, upTo)
        const last = events.at(-1)
        if (last === undefined) break
        await deliver(new Map([[sink, watcher]]), await render(db, scope, events, now()))
        from = last.id
      }
    }
    if (arriving.delete(sink)) live.set(sink, watcher)
  }

  return {
    subscribe: (watcher, after, sink) => {
      arriving.set(sink, watcher)
      enqueue(() =>
        arrive(watcher, after, sink).catch((error: unknown) => {
          // It would hear nothing and look alive: its line ends, and it comes back where it was.
          arriving.delete(sink)
          sink.end()
          onError(error)
        })
      )
      return () => {
        arriving.delete(sink)
        live.delete(sink)
      }
    },
    poke: () => {
      if (poked) return
      poked = true
      enqueue(advance)
    },
    get watchers() {
      return live.size + arriving.size
    }
  }
}

async function read(db: Database, scope: TeamScope, after: number, upTo: number | null): Promise<Event[]> {
  return db
    .select()
    .from(streamEvent)
    .where(
      and(
        eq(streamEvent.organisationId, scope.organisationId),
        eq(streamEvent.teamId, scope.teamId),
        gt(streamEvent.id, after),
        upTo === null ? undefined : lte(streamEvent.id, upTo)
      )
    )
    .orderBy(asc(streamEvent.id))
    .limit(BATCH)
}

/** Rows are sent whole, so of several changes to one row only the last has to be sent, at its own place. */
async function render(
  db: Database,
  scope: TeamScope,
  events: readonly Event[],
  now: Date
): Promise<readonly Rendered[]> {
  const newest = new Map<string, Event>()
  for (const event of events) newest.set(`${event.kind} ${event.subject}`, event)
  const subjects = (kind: Event['kind']): string[] =>
    [...newest.values()].filter((event) => event.kind === kind).map((event) => event.subject)
  const changed = await tiles(db, scope, subjects('tile'), now)
  const tileOf = new Map(changed.map((tile) => [tile.workstation, tile]))
  const found = await alertViews(db, scope, subjects('alert'))
  const alertOf = new Map(found.map(({ view }) => [view.id, view]))
  const messages: Rendered[] = []
  for (const event of [...newest.values()].sort((a, b) => a.id - b.id)) {
    const tile = event.kind === 'tile' ? tileOf.get(event.subject) : undefined
    const alert = event.kind === 'alert' ? alertOf.get(event.subject) : undefined
    if (tile !== undefined) messages.push([event.id, { kind: 'tile', tile }])
    if (alert !== undefined) messages.push([event.id, { kind: 'alert', alert }])
  }
  return messages
}

/** A cursor is one of the team's event numbers that is still kept, or 0 while nothing was ever thrown away. */
async function isKnown(
  db: Database,
  scope: TeamScope,
  after: number,
  upTo: number,
  now: Date
): Promise<boolean> {
  if (after > upTo) return false
  const mine = and(eq(streamEvent.organisationId, scope.organisationId), eq(streamEvent.teamId, scope.teamId))
  if (after > 0) {
    return (
      (
        await db
          .select()
          .from(streamEvent)
          .where(and(mine, eq(streamEvent.id, after)))
      ).length === 1
    )
  }
  const oldest = await db.select().from(streamEvent).where(mine).orderBy(asc(streamEvent.id)).limit(1)
  const age = oldest[0] === undefined ? 0 : now.getTime() - oldest[0].at.getTime()
  return age < RETENTION_MS - 3_600_000
}
