import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, key, ORGANISATION, Repository, START } from '../../../../test/trust/repository'
import { rootPath, SNAPSHOT_PATH } from '../../../contract/wire/v1/device'
import { readFacts, type EnrolmentFacts } from '../enrolment/facts'
import { FactsKeeper } from '../enrolment/facts-keeper'
import type { HubAnswer, HubCall, HubClient } from '../hub/hub-client'
import { TrustWatch, type TrustWatchOptions } from './watch'
import { soon } from '../../../../test/soon'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-watch-'))
})
// A round that is under way may still put a file down: it has to come to that while the folder goes.
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }))

const sealing = randomBytes(32)

/** A watch over a repository, with time in the test's hands. `older`: as a program from before roots left the facts. */
function watching(repository: Repository, facts: Partial<EnrolmentFacts> = {}) {
  const time = { wall: START, monotonic: 0 }
  const keeper = new FactsKeeper(folder, sealing, {
    v: 1,
    hubUrl: 'https://hub.example:8443',
    hubCa: 'pem',
    device: randomUUID(),
    organisation: ORGANISATION,
    team: 'Claims',
    policyRoot: key(0).root,
    policy: repository.currentPolicy,
    tokenDigest: 'c'.repeat(64),
    keyThumbprint: 'd'.repeat(43),
    ...facts
  })
  const asked: string[] = []
  const none = { code: 'not-found', message: 'There is none.' } as const
  const answers = new Map<string, unknown>([
    ['/device/v1/policy', repository.currentPolicy],
    [SNAPSHOT_PATH, repository.snapshot.kind === 'got' ? repository.snapshot.document : undefined]
  ])
  const client: Pick<HubClient, 'call'> = {
    call: <T>(call: HubCall<T>): Promise<HubAnswer<T>> => {
      asked.push(call.path)
      const value = answers.get(call.path)
      if (value === undefined)
        return Promise.resolve({ kind: 'refused', status: 404, error: none, retryAfterMs: null })
      return Promise.resolve({ kind: 'ok', value: call.reply.parse(value) })
    }
  }
  const taken = vi.fn<TrustWatchOptions['taken']>()
  const refused = vi.fn<TrustWatchOptions['refused']>()
  const watch = new TrustWatch({
    keeper,
    client,
    clock: { wall: () => time.wall, monotonic: () => time.monotonic },
    taken,
    refused,
    rootChanged: () => undefined
  })
  return { watch, keeper, time, asked, answers, taken, refused }
}

/** One key for everything and no root: as an installation from before roots is. */
function single(): Repository {
  const repository = new Repository()
  for (const role of ['policy', 'models'] as const) repository.roles[role] = { keys: [0], threshold: 1 }
  delete repository.roles.snapshot
  repository.publishPolicy()
  return repository
}

describe('TrustWatch', () => {
  it('F8 goes on where a program from before roots left off, without asking anybody', async () => {
    const { watch, asked, refused } = watching(single())
    await watch.open()
    expect(watch.policy?.version).toBe(1)
    expect(watch.trust?.root.version).toBe(0)
    expect(asked).toEqual([])
    expect(refused).not.toHaveBeenCalled()
  })

  it('F8 follows the first root from a key that was pinned alone, and keeps it before it is told', async () => {
    const repository = single()
    const { watch, answers, taken, keeper } = watching(repository)
    await watch.open()
    const root = repository.publishRoot()
    answers.set(rootPath(1), root)
    watch.heard(1)
    await soon(() => expect(taken).toHaveBeenCalledWith({ roots: [root], snapshot: null, policy: null }))
    const kept = await readFacts(folder, sealing)
    expect(kept).toMatchObject({ ok: true, value: { trust: { root, inForce: true } } })
    expect(keeper.facts.trust?.root).toEqual(root)
  })

  it('F8 asks when the hub names a newer policy, else every ten minutes, and after a refusal not at once', async () => {
    const repository = single()
    const { watch, asked, answers, time, refused } = watching(repository)
    await watch.open()
    watch.heard(1)
    await soon(() => expect(asked).toEqual([rootPath(1)]))
    await new Promise(setImmediate)
    watch.heard(1)
    expect(asked).toHaveLength(1)
    time.monotonic += 10 * 60_000
    watch.heard(1)
    await soon(() => expect(asked).toHaveLength(2))
    await new Promise(setImmediate)
    answers.set('/device/v1/policy', repository.publishPolicy({ signers: [5] }))
    await soon(() => {
      watch.heard(2)
      expect(refused).toHaveBeenCalledWith('policy: not signed by the pinned key')
    })
    const before = asked.length
    watch.heard(2)
    expect(asked).toHaveLength(before)
    time.monotonic += 10_000
    watch.heard(2)
    await soon(() => expect(asked.length).toBeGreaterThan(before))
    expect(refused).toHaveBeenCalledTimes(1)
    expect(watch.policy?.version).toBe(1)
  })

  it('F1 F8 asks at once when the hub knows its rules otherwise: a number that a root freed was given to another policy', async () => {
    const repository = single()
    const { watch, asked, answers, taken, time } = watching(repository)
    await watch.open()
    watch.heard(1)
    await soon(() => expect(asked).toHaveLength(1))
    await new Promise(setImmediate)
    // The new root's keys did not sign version 1; another policy has its number.
    repository.roles.policy = { keys: [6], threshold: 1 }
    answers.set(rootPath(1), repository.publishRoot())
    const other = repository.publishPolicy({ version: 1, more: { hubGraceMs: 5000 } })
    answers.set('/device/v1/policy', other)
    watch.heard(1) // nothing newer is named: by itself it asks in ten minutes
    await new Promise(setImmediate)
    expect(asked).toHaveLength(1)
    watch.hurry()
    await soon(() => expect(taken).toHaveBeenCalledOnce())
    expect(watch.trust?.policy).toMatchObject({ disownedAt: null, policy: { version: 1, hubGraceMs: 5000 } })
    // Refused again and again, it is asked every ten seconds at most.
    const before = asked.length
    watch.hurry()
    watch.hurry()
    expect(asked).toHaveLength(before)
    time.monotonic += 10_000
    watch.hurry()
    await soon(() => expect(asked.length).toBeGreaterThan(before))
  })

  it('F8 keeps the latest time that it saw, and holds to it after a start with a clock that was set back', async () => {
    const repository = single()
    const first = watching(repository)
    await first.watch.open()
    first.time.wall = START + 40 * DAY
    await first.watch.close()
    const facts = await readFacts(folder, sealing)
    if (!facts.ok || facts.value === null) throw new Error('nothing was kept')
    const again = watching(repository, facts.value)
    again.time.wall = START - 40 * DAY
    await again.watch.open()
    expect(again.watch.now()).toBe(START + 40 * DAY)
    again.time.monotonic += 5000
    expect(again.watch.now()).toBe(START + 40 * DAY + 5000)
  })

  it('F8 takes back an expired policy at a start, and none that came with an enrolment', async () => {
    const repository = single()
    repository.publishPolicy({ expiresAt: START - DAY })
    const kept = watching(repository)
    await kept.watch.open()
    expect(kept.watch.policy?.version).toBe(2)
    const fresh = watching(repository, {
      trust: { root: null, snapshot: null, inForce: false, timeSeen: 0 }
    })
    await fresh.watch.open()
    expect(fresh.watch.policy).toBeNull()
    expect(fresh.refused.mock.calls[0]?.[0]).toContain('policy: policy expired')
  })
})
