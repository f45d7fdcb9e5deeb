import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demoPolicy, World } from '../../../../test/hub/support/world'
import { anyManifest } from '../../../../test/model/manifest'
import { json, LyingHub, type Lie } from '../../../../test/trust/lying-hub'
import { key, signed } from '../../../../test/trust/repository'
import { Workstation } from '../../../../test/trust/workstation'
import { rootPath, SNAPSHOT_PATH } from '../../../contract/wire/v1/device'
import { modelPath } from '../../../contract/wire/v1/model'
import type { ModelManifest } from '../../../core/model/manifest'
import type { PolicyEnvelope } from '../../../core/policy/envelope'
import {
  createOrganisation,
  createTeam,
  createTicket,
  documentOf,
  draftRoot,
  draftSnapshot,
  publishModel,
  publishPolicy,
  publishRoot,
  publishSnapshot,
  signModel,
  type SignedDocument
} from '../../../provision/index'

const ORGANISATION = 'Frozen Care'
const TEAM = 'Claims'
const DAY = 86_400_000
const GRACE = 3_600_000
const now = new Date()
const [rootKey, policyKeys, modelsKey, snapshotKey, thief] = [0, [1, 4], 2, 3, 9] as const
const modelBytes = Buffer.from('a graph')
let world: World
let hub: LyingHub
const stations: Workstation[] = []

const publicHalf = (index: number) => key(index).root
const rootDraft = (version: number, organisation = ORGANISATION): SignedDocument => {
  const first = draftRoot({
    organisation,
    before: null,
    validDays: 365,
    now,
    roles: {
      root: { keys: [publicHalf(rootKey)] },
      policy: { keys: policyKeys.map(publicHalf), threshold: 2 },
      models: { keys: [publicHalf(modelsKey)] },
      snapshot: { keys: [publicHalf(snapshotKey)] }
    }
  })
  const document = JSON.parse(Buffer.from(first.payload, 'base64url').toString('utf8')) as object
  return documentOf('havendesk-root', { ...document, version })
}
const root = (version: number, signers: readonly number[] = [rootKey]) => signed(rootDraft(version), signers)
const policy = (version: number, signers: readonly number[] = policyKeys, organisation = ORGANISATION) =>
  signed(
    documentOf('havendesk-policy', {
      ...demoPolicy(organisation, version),
      hubGraceMs: GRACE,
      sensor: { maxGapMs: 3000, model: { name: 'desk-eyes', minVersion: 1, orBuiltIn: true } }
    }),
    signers
  ) as PolicyEnvelope
const manifest = (change: Partial<ModelManifest> = {}) =>
  anyManifest({
    organisation: ORGANISATION,
    files: [
      {
        path: 'model.json',
        bytes: modelBytes.length,
        sha256: createHash('sha256').update(modelBytes).digest('hex')
      }
    ],
    ...change
  })
const model = (change: Partial<ModelManifest> = {}, by: number = modelsKey) =>
  signModel(manifest(change), key(by))
const snapshot = (version: number, policyVersion: number, at = now, by: number = snapshotKey) =>
  signed(
    draftSnapshot({
      organisation: ORGANISATION,
      version,
      policy: policy(policyVersion),
      models: [model()],
      validDays: 7,
      now: at
    }),
    [by]
  )

beforeAll(async () => {
  world = await World.start({ heartbeatMs: 500 })
  hub = await LyingHub.start(world.folder, world.hub.devicePort)
  const { db } = world.hub.store
  await createOrganisation(db, { name: ORGANISATION, demo: true })
  for (const name of [TEAM, 'Easy Going']) await createTeam(db, { organisation: ORGANISATION, name })
  await publishRoot(db, { organisation: ORGANISATION, envelope: root(1), now })
  for (const version of [1, 2])
    await publishPolicy(db, { organisation: ORGANISATION, envelope: policy(version) })
  const read = () => Promise.resolve(modelBytes)
  await publishModel(db, { organisation: ORGANISATION, envelope: model(), read, now })
  await publishSnapshot(db, { organisation: ORGANISATION, envelope: snapshot(1, 2), now })
})
afterEach(async () => {
  hub.lies.clear()
  for (const station of stations.splice(0)) {
    await station.stop()
    station.remove()
  }
})
afterAll(async () => {
  await hub.close()
  await world.close()
})

const ticket = () =>
  createTicket(world.hub.store.db, {
    organisation: ORGANISATION,
    team: TEAM,
    label: 'Demo Desk',
    simulated: false,
    hours: 1,
    hubUrl: hub.url,
    hubCa: world.hub.ca
  })
const poll = { timeout: 30_000, interval: 50 }

async function enrolled(version = 2): Promise<{ station: Workstation; device: string }> {
  const station = new Workstation()
  stations.push(station)
  await station.start(await ticket())
  await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(version)
  const ready = station.said.find((message) => message.kind === 'ready')
  if (ready === undefined) throw new Error('the courier is not ready')
  await expect.poll(() => station.said.some(({ kind }) => kind === 'model'), poll).toBe(true)
  return { station, device: ready.device }
}

const events = async (device: string): Promise<string[]> => {
  const found = await world.hub.store.db.execute(
    sql`SELECT code, detail FROM security_event WHERE workstation_id = ${device}`
  )
  return found.rows.map((row) => `${String(row['code'])} ${String(row['detail'])}`)
}

/** What the taken-over hub says to every heartbeat: nothing is acknowledged, and there is always something newer. */
const sync = json({
  v: 1,
  ackBelow: 0,
  policyVersion: 3,
  models: [{ name: 'desk-eyes', version: 4 }],
  serverTime: now.toISOString(),
  heartbeatMs: 500
})
const POLICY = '/device/v1/policy'
const raw =
  (status: number, headers: Record<string, string>, body: string): Lie =>
  (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
const endless: Lie = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

interface Attempt {
  readonly what: string
  readonly path: string
  readonly lie: () => Lie
  /** How the record of it begins. */
  readonly record: string
}
const attempts: readonly Attempt[] = [
  { what: 'an old policy', path: POLICY, lie: () => json(policy(1)), record: 'policy: rolled back' },
  {
    what: 'a policy of another organisation',
    path: POLICY,
    lie: () => json(policy(3, policyKeys, 'Other Care')),
    record: 'policy: for another organisation'
  },
  {
    what: 'a policy that the thief signed',
    path: POLICY,
    lie: () => json(policy(3, [thief, rootKey])),
    record: 'policy: not signed'
  },
  {
    what: 'a policy without signatures',
    path: POLICY,
    lie: () => json(policy(3, [])),
    record: 'policy: the reply is not the hub'
  },
  {
    what: 'a policy that is newer than the snapshot',
    path: POLICY,
    lie: () => json(policy(3)),
    record: 'policy: not what the snapshot names'
  },
  {
    what: 'a policy that is withheld',
    path: POLICY,
    lie: () => json(policy(2)),
    record: 'policy: version 3 is named, 2 handed out'
  },
  { what: 'an old root', path: rootPath(2), lie: () => json(root(1)), record: 'root 2: rolled back' },
  {
    what: 'a chain of roots with a gap',
    path: rootPath(2),
    lie: () => json(root(3)),
    record: 'root 2: root 3 does not follow root 1'
  },
  {
    what: 'a root of the thief’s',
    path: rootPath(2),
    lie: () => json(root(2, [thief])),
    record: 'root 2: not signed'
  },
  {
    what: 'a snapshot of the thief’s',
    path: SNAPSHOT_PATH,
    lie: () => json(snapshot(2, 1, now, thief)),
    record: 'snapshot: not signed'
  },
  {
    what: 'a snapshot that expired',
    path: SNAPSHOT_PATH,
    lie: () => json(snapshot(2, 2, new Date(now.getTime() - 8 * DAY))),
    record: 'snapshot: snapshot expired'
  },
  {
    what: 'no snapshot',
    path: SNAPSHOT_PATH,
    lie: () => json({ code: 'not-found', message: 'There is none.' }, 404),
    record: 'snapshot: none is handed out'
  },
  { what: 'a giant body', path: POLICY, lie: () => endless, record: 'policy: BODY_OVER_MAX_SIZE' },
  { what: 'a slow body', path: POLICY, lie: () => hub.drip, record: 'policy: no answer in time' },
  {
    what: 'a redirect',
    path: POLICY,
    lie: () => raw(302, { location: 'https://elsewhere.example/policy' }, ''),
    record: 'policy: HTTP 302'
  },
  {
    what: 'a wrong content type',
    path: SNAPSHOT_PATH,
    lie: () => raw(200, { 'content-type': 'text/html' }, JSON.stringify(snapshot(2, 2))),
    record: 'snapshot: the reply is not the hub'
  }
]

describe('F8 a hub that was taken over', () => {
  test(
    'F8 loosens nothing on the policy’s path, and every try is at the hub once a true one answers',
    { timeout: 240_000 },
    async () => {
      const { station, device } = await enrolled()
      const before = station.desk.facts.policy
      hub.lies.set('/device/v1/sync', sync)
      for (const { what, path, lie, record } of attempts) {
        hub.lies.set(path, lie())
        station.skipped += 11 * 60_000
        await expect
          .poll(() => station.refused.some((problem) => problem.startsWith(record)), {
            ...poll,
            message: what
          })
          .toBe(true)
        expect([what, station.desk.facts.policy]).toEqual([what, before])
        expect([what, station.desk.root?.version, station.lapsed]).toEqual([what, 1, false])
        hub.lies.delete(path)
      }
      expect(await events(device)).toEqual([])
      hub.lies.clear()
      for (const { record } of attempts)
        await expect
          .poll(
            async () => (await events(device)).some((event) => event.startsWith(`policy-refused ${record}`)),
            {
              ...poll,
              message: record
            }
          )
          .toBe(true)
      expect(station.desk.facts.policy).toEqual(before)
    }
  )

  test('F8 takes what IT really publishes, from the same hub', { timeout: 120_000 }, async () => {
    const { station } = await enrolled()
    const { db } = world.hub.store
    await publishPolicy(db, { organisation: ORGANISATION, envelope: policy(3) })
    await publishSnapshot(db, { organisation: ORGANISATION, envelope: snapshot(2, 3), now })
    await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(3)
    expect(station.refused).toEqual([])
  })

  test(
    'F8 hands out another policy from its database: refused, the last good one stays',
    { timeout: 120_000 },
    async () => {
      const { db } = world.hub.store
      const swap = (version: number, envelope: object) =>
        db.execute(sql`
        UPDATE policy SET envelope = ${JSON.stringify(envelope)}::jsonb WHERE version = ${version}
        AND organisation_id = (SELECT organisation_id FROM organisation WHERE name = ${ORGANISATION})`)
      await swap(3, policy(3, [thief]))
      const station = new Workstation()
      stations.push(station)
      // Even a desk that has no policy yet takes none rather than that one.
      await station.start(await ticket())
      await expect.poll(() => station.refused.length, poll).toBeGreaterThan(0)
      expect(station.refused[0]).toContain('policy: not signed')
      expect(station.desk.facts).toMatchObject({ policy: null, phase: 'refused' })
      await swap(3, policy(3))
      station.skipped += 11 * 60_000
      await expect.poll(() => station.desk.facts.policy?.version, poll).toBe(3)
      expect(station.desk.facts.phase).toBe('signed-out')
    }
  )

  test(
    'F8 swaps the model: nothing of it is used, and the try is recorded',
    { timeout: 120_000 },
    async () => {
      const station = new Workstation()
      stations.push(station)
      const which = { name: 'desk-eyes', version: 3 }
      const other = (): Lie => json(model({ description: 'Sees nothing.' }))
      const tries: readonly (readonly [Lie, string])[] = [
        [other(), 'not what the snapshot names'],
        [json(model({}, thief)), 'not signed'],
        [json(model({ version: 2 })), 'another model']
      ]
      hub.lies.set(modelPath(which), tries[0]![0])
      await station.start(await ticket())
      for (const [lie, record] of tries) {
        hub.lies.set(modelPath(which), lie)
        station.skipped += 11 * 60_000
        await expect.poll(() => station.refused.some((problem) => problem.includes(record)), poll).toBe(true)
      }
      expect(station.said.some(({ kind }) => kind === 'model')).toBe(false)
      hub.lies.clear()
      station.skipped += 11 * 60_000
      await expect.poll(() => station.said.some(({ kind }) => kind === 'model'), poll).toBe(true)
    }
  )

  test('F8 enrols into a team with milder rules: refused by IT’s ticket', { timeout: 60_000 }, async () => {
    const station = new Workstation()
    stations.push(station)
    const bought = await ticket()
    await world.hub.store.db.execute(sql`
      UPDATE enrolment_token SET team_id = (SELECT team_id FROM team WHERE name = 'Easy Going') WHERE used_at IS NULL`)
    await station.start(bought)
    const refused = station.said.find((message) => message.kind === 'refused')
    expect(refused).toMatchObject({
      reason: 'enrolment-refused',
      detail: 'the hub enrols for another team: Easy Going'
    })
  })

  test(
    'F8 withholds everything: the desk keeps its rules, says so, hides after their grace, and no clock brings it back',
    { timeout: 120_000 },
    async () => {
      const { station } = await enrolled(3)
      hub.lies.set('/device/v1/sync', sync)
      hub.lies.set(SNAPSHOT_PATH, json(snapshot(2, 3)))
      const before = station.desk.facts.policy
      station.skipped += 7 * DAY
      await expect
        .poll(() => station.refused.some((problem) => problem.startsWith('snapshot: snapshot expired')), poll)
        .toBe(true)
      expect(station.lapsed).toBe(false)
      station.skipped += GRACE + 60_000
      await expect.poll(() => station.lapsed, poll).toBe(true)
      expect(station.desk.facts.policy).toEqual(before)
      station.wallSet = -30 * DAY
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect(station.lapsed).toBe(true)
      // Nor does a start anew with a clock that was set back: the time that was seen is kept sealed.
      await station.stop()
      const next = new Workstation(station.folder, station.keychain)
      next.wallSet = -30 * DAY
      stations.push(next)
      await next.start()
      await expect.poll(() => next.lapsed, poll).toBe(true)
      expect(next.desk.facts.policy?.version).toBe(3)
      hub.lies.set(SNAPSHOT_PATH, json(snapshot(3, 3, new Date(now.getTime() + 7 * DAY))))
      next.skipped += 11 * 60_000
      await expect.poll(() => next.lapsed, poll).toBe(false)
    }
  )
})
