import type { Session } from 'electron'

/** Something of a closed session is still there after it was cleared twice. */
export class NotEmpty extends Error {
  constructor(left: readonly string[]) {
    super(`a closed workspace still holds ${left.join(', ')}`)
    this.name = 'NotEmpty'
  }
}

/** How often clearing is tried: what a service worker writes while it ends is gone with the second. */
const TRIES = 2

/**
 * Leaves nothing of a session behind: cookies, caches, storage of every kind, service workers, remembered passwords and
 * names. Call it when the page is gone, which could write as long as it lives. Rejects when something is left.
 */
export async function emptyPartition(partition: Session): Promise<void> {
  let left: readonly string[] = []
  for (let tries = 0; tries < TRIES; tries += 1) {
    await partition.closeAllConnections()
    await partition.clearData()
    await partition.clearStorageData()
    await partition.clearCache()
    await partition.clearCodeCaches({})
    await partition.clearAuthCache()
    await partition.clearHostResolverCache()
    left = await whatIsLeft(partition)
    if (left.length === 0) return
  }
  throw new NotEmpty(left)
}

async function whatIsLeft(partition: Session): Promise<readonly string[]> {
  const counts = {
    cookies: (await partition.cookies.get({})).length,
    cache: await partition.getCacheSize(),
    workers: Object.keys(partition.serviceWorkers.getAllRunning()).length
  }
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name]) => name)
}
