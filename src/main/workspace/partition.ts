import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { session, type Session } from 'electron'
import type { Application } from '../../core/policy/policy'
import { staysOn } from './addresses'
import { hostOf } from './denials'

/** A busy Chromium may answer by its old rules for a moment after it took the new ones. Milliseconds. */
const IN_FORCE = { limit: 5000, every: 50 }

/** Nothing of the workspace goes anywhere but through our proxy. */
export class ProxyNotInForce extends Error {
  constructor(answer: string) {
    super(`the workspace would bypass the proxy (${answer}); it stays closed`)
    this.name = 'ProxyNotInForce'
  }
}

/** Who hears of what a partition stopped. A host never has a path or a query with it. */
export interface PartitionTold {
  /** A request left the application's origin. */
  readonly refused: (host: string) => void
  readonly download: (host: string) => void
}

/**
 * A fresh in-memory partition for one application and one session at the desk. Rejects unless Chromium itself says
 * that loopback and outside addresses alike go through the proxy on `port`.
 */
export async function openPartition(
  application: Application,
  port: number,
  told: PartitionTold
): Promise<Session> {
  const partition = session.fromPartition(`work-${randomUUID()}`, { cache: false })
  partition.webRequest.onBeforeRequest((request, answer) => {
    const stays = staysOn(application, request.url)
    if (!stays) told.refused(hostOf(request.url) || 'unreadable')
    answer({ cancel: !stays })
  })
  partition.on('will-download', (event, item) => {
    event.preventDefault()
    told.download(hostOf(item.getURL()))
  })
  await partition.setProxy({
    mode: 'fixed_servers',
    proxyRules: `http://127.0.0.1:${String(port)}`,
    // Without this Chromium reaches loopback directly.
    proxyBypassRules: '<-loopback>'
  })
  const until = performance.now() + IN_FORCE.limit
  for (const url of [application.url, 'http://127.0.0.1:9/', 'https://example.invalid/'])
    await inForce(partition, url, `PROXY 127.0.0.1:${String(port)}`, until)
  return partition
}

async function inForce(partition: Session, url: string, wanted: string, until: number): Promise<void> {
  for (;;) {
    const answer = await partition.resolveProxy(url)
    if (answer === wanted) return
    if (performance.now() >= until) throw new ProxyNotInForce(answer)
    await sleep(IN_FORCE.every)
  }
}
