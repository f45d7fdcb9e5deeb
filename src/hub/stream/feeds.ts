import type { Notification } from 'pg'
import type { TeamScope } from '../people/scope'
import type { Database, Store } from '../store/open'
import { STREAM_CHANNEL } from './append'
import { createFeed, type Feed, type Sink, type Watcher } from './feed'

/** The feeds of all teams that somebody watches. */
export interface Feeds {
  subscribe(watcher: Watcher & TeamScope, after: number, sink: Sink): () => void
  close(): void
}

/** A notice could get lost only with its connection, and that ends the hub; this is for what nobody thought of. */
const POKE_MS = 2000

/** Listens for changes on the store's own connection and pokes the team's feed. */
export async function openFeeds(
  store: Pick<Store, 'line'> & { readonly db: Database },
  onError: (error: unknown) => void,
  now: () => Date
): Promise<Feeds> {
  const feeds = new Map<string, Feed>()
  const onNotice = (notice: Notification): void => {
    if (notice.channel === STREAM_CHANNEL) feeds.get(notice.payload ?? '')?.poke()
  }
  store.line.on('notification', onNotice)
  await store.line.query(`LISTEN ${STREAM_CHANNEL}`)
  const timer = setInterval(() => {
    for (const feed of feeds.values()) feed.poke()
  }, POKE_MS)
  return {
    subscribe: (watcher, after, sink) => {
      const scope = { organisationId: watcher.organisationId, teamId: watcher.teamId }
      const feed = feeds.get(scope.teamId) ?? createFeed(store.db, scope, onError, now)
      feeds.set(scope.teamId, feed)
      const leave = feed.subscribe(watcher, after, sink)
      return () => {
        leave()
        if (feed.watchers === 0 && feeds.get(scope.teamId) === feed) feeds.delete(scope.teamId)
      }
    },
    close: () => {
      clearInterval(timer)
      store.line.off('notification', onNotice)
      feeds.clear()
    }
  }
}
