import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Desk } from '../../../../test/courier/desk'
import { demoPolicy, World } from '../../../../test/hub/support/world'
import { smallDefinition, smallModelFiles } from '../../../../test/model/small-model'
import { anyManifest } from '../../../../test/model/manifest'
import { MODEL_PIECE_BYTES, modelPath, modelPiecePath } from '../../../contract/wire/v1/model'
import type { ModelDefinition } from '../../../core/model/definition'
import type { ModelEnvelope } from '../../../core/model/envelope'
import { modelIdOf, type ModelManifest } from '../../../core/model/manifest'
import { fromBase64url } from '../../../core/trust/base64url'
import {
  createOrganisation,
  createPolicyKey,
  createTeam,
  createTicket,
  publishModel,
  publishPolicy,
  signModel,
  signPolicy,
  trustPolicyKey,
  withdrawModel,
  type PolicyKey
} from '../../../provision/index'
import { graphModel } from '../../../vision/graph-model/graph-model'
import type { ModelFiles } from '../../../vision/graph/graph-def'
import { fileFolder, manifestFolder, modelFilePath } from '../../model/place'

const ORGANISATION = 'Model Care'
const PLACE = { organisation: ORGANISATION, team: 'Claims' }
const NAME = 'quarter-colours'
const now = new Date()

let world: World
let key: PolicyKey
let files: ModelFiles
let definition: ModelDefinition
let policyVersion = 0
let version = 0
const desks: Desk[] = []

beforeAll(async () => {
  await tf.setBackend('cpu')
  files = new Map(await smallModelFiles())
  definition = await smallDefinition(files)
  world = await World.start({ heartbeatMs: 500 })
  const { db } = world.hub.store
  await createOrganisation(db, { name: ORGANISATION, demo: true })
  await createTeam(db, { organisation: ORGANISATION, name: PLACE.team })
  key = createPolicyKey()
  await trustPolicyKey(db, { organisation: ORGANISATION, root: key.root })
})
afterEach(async () => {
  for (const desk of desks.splice(0)) {
    await desk.close()
    desk.remove()
  }
})
afterAll(() => world.close())

/** Says in a new policy which model a desk must use. */
async function ask(minVersion: number): Promise<void> {
  policyVersion += 1
  const policy = demoPolicy(ORGANISATION, policyVersion)
  const model = { name: NAME, minVersion, orBuiltIn: false }
  const envelope = signPolicy({ ...policy, sensor: { ...policy.sensor, model } }, key)
  await publishPolicy(world.hub.store.db, { organisation: ORGANISATION, envelope })
}

const listed = (bytes: ModelFiles): ModelManifest['files'] =>
  [...bytes].map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex')
  }))

const signed = (change: Partial<ModelManifest> = {}, by: PolicyKey = key, bytes = files): ModelEnvelope =>
  signModel(
    anyManifest({
      name: NAME,
      version,
      organisation: ORGANISATION,
      definition,
      files: listed(bytes),
      ...change
    }),
    by
  )

async function publish(envelope: ModelEnvelope, bytes = files): Promise<void> {
  await publishModel(world.hub.store.db, {
    organisation: ORGANISATION,
    envelope,
    read: (path) => Promise.resolve(bytes.get(path) ?? new Uint8Array()),
    now
  })
}

/** A hub that lies: whatever it has published says this instead. */
async function swapEnvelope(envelope: object): Promise<void> {
  await world.hub.store.db.execute(
    sql`UPDATE model SET envelope = ${JSON.stringify(envelope)}::jsonb WHERE name = ${NAME} AND version = ${version}`
  )
}

const manifestIn = (envelope: ModelEnvelope): ModelManifest =>
  JSON.parse(Buffer.from(fromBase64url(envelope.payload) ?? []).toString('utf8')) as ModelManifest
const idIn = (envelope: ModelEnvelope): string => modelIdOf(manifestIn(envelope))

async function enrolled(): Promise<Desk> {
  const desk = new Desk()
  desks.push(desk)
  const more = {
    label: 'Demo Desk',
    simulated: false,
    hours: 1,
    hubUrl: world.deviceUrl,
    hubCa: world.hub.ca
  }
  desk.putTicket(await createTicket(world.hub.store.db, { ...PLACE, ...more }))
  await desk.open()
  await desk.hear('ready')
  return desk
}
const keptManifests = (desk: Desk): string[] => readdirSync(manifestFolder(desk.folder)).sort()

describe('a model that the policy names', () => {
  test('comes from the hub, is whole on the disk, runs, and is there at the next start without the network', async () => {
    version += 1
    await ask(version)
    await publish(signed())
    const desk = await enrolled()
    const { model } = await desk.hear('model')
    expect(idIn(model)).toBe(idIn(signed()))
    const read = new Map<string, Uint8Array>()
    for (const file of manifestIn(model).files) {
      const path = modelFilePath(desk.folder, file.sha256)
      expect(statSync(path).size).toBe(file.bytes)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      read.set(file.path, new Uint8Array(readFileSync(path)))
    }
    const detector = graphModel(idIn(model), manifestIn(model).definition, read)
    await detector.load()
    expect(await detector.verify()).toBeLessThan(1)
    detector.dispose()
    await desk.close()
    const next = desk.next()
    desks.push(next)
    await next.open()
    expect((await next.hear('ready')).models?.map(idIn)).toEqual([idIn(model)])
  })

  test('is not fetched by a desk whose policy names none', async () => {
    version += 1
    await publish(signed())
    policyVersion += 1
    await publishPolicy(world.hub.store.db, {
      organisation: ORGANISATION,
      envelope: signPolicy(demoPolicy(ORGANISATION, policyVersion), key)
    })
    const desk = await enrolled()
    await desk.hear('hub', ({ state }) => state === 'reachable')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(desk.said.filter(({ kind }) => kind.startsWith('model'))).toEqual([])
    expect(keptManifests(desk)).toEqual([])
  })

  test('of several pieces goes on where it was cut off', async () => {
    version += 1
    const long = new Uint8Array(MODEL_PIECE_BYTES * 2 + 77).map((_, at) => at % 251)
    const big = new Map(files).set('more.bin', long)
    await ask(version)
    await publish(signed({}, key, big), big)
    const hash = listed(big).find(({ path }) => path === 'more.bin')?.sha256 ?? ''
    const desk = new Desk()
    desks.push(desk)
    // A piece and a half is there from an earlier try.
    mkdirSync(fileFolder(desk.folder), { recursive: true })
    const half = Math.floor(MODEL_PIECE_BYTES * 1.5)
    writeFileSync(`${modelFilePath(desk.folder, hash)}.part`, long.subarray(0, half))
    const more = {
      label: 'Demo Desk',
      simulated: false,
      hours: 1,
      hubUrl: world.deviceUrl,
      hubCa: world.hub.ca
    }
    desk.putTicket(await createTicket(world.hub.store.db, { ...PLACE, ...more }))
    await desk.open()
    await desk.hear('model')
    expect(readFileSync(modelFilePath(desk.folder, hash))).toEqual(Buffer.from(long))
    expect(existsSync(`${modelFilePath(desk.folder, hash)}.part`)).toBe(false)
  })
})

describe('a hub that lies', () => {
  /** Publishes a good model, has the hub say something else, and answers what a desk makes of it. */
  async function refusalOf(lie: () => object): Promise<{ desk: Desk; problem: string }> {
    version += 1
    await ask(1)
    await publish(signed())
    await swapEnvelope(lie())
    const desk = await enrolled()
    const { problem } = await desk.hear('model-refused')
    expect(desk.said.some(({ kind }) => kind === 'model')).toBe(false)
    expect(keptManifests(desk)).toEqual([])
    return { desk, problem }
  }

  test('has no model taken that another key signed, or none', async () => {
    const other = createPolicyKey()
    expect((await refusalOf(() => signed({}, other))).problem).toMatch(/not signed by the pinned key/)
    expect((await refusalOf(() => signed({}, { ...other, root: key.root }))).problem).toMatch(/not signed/)
    expect(
      (await refusalOf(() => ({ ...signed(), signatures: signed({}, other).signatures }))).problem
    ).toMatch(/not signed/)
  })

  test('has no policy taken for a model', async () => {
    const policy = () => ({
      ...signPolicy(demoPolicy(ORGANISATION, policyVersion), key),
      type: 'havendesk-model'
    })
    expect((await refusalOf(policy)).problem).toMatch(/not signed by the pinned key/)
  })

  test('has no model of another organisation, name or time taken', async () => {
    expect((await refusalOf(() => signed({ organisation: 'Demo Care' }))).problem).toMatch(/organisation/)
    expect((await refusalOf(() => signed({ name: 'other-eyes' }))).problem).toMatch(/another model/)
    const past = { issuedAt: '2020-01-01T00:00:00.000Z', expiresAt: '2021-01-01T00:00:00.000Z' }
    expect((await refusalOf(() => signed(past))).problem).toMatch(/expired on 2021/)
  })

  test('has no older version taken by a desk that has a newer one', async () => {
    version += 1
    await ask(1)
    const old = signed()
    await publish(old)
    version += 1
    await publish(signed())
    const desk = await enrolled()
    await desk.hear('model', ({ model }) => manifestIn(model).version === version)
    const had = version
    version += 1
    await publish(signed())
    await swapEnvelope(old)
    const { problem } = await desk.hear('model-refused')
    expect(problem).toMatch(/rolled back/)
    expect(keptManifests(desk)).toEqual([`${NAME}@${had}.json`])
  })

  test('has no file taken with one bit flipped, keeps nothing of it, and takes the good one afterwards', async () => {
    version += 1
    await ask(version)
    await publish(signed())
    const [, shard] = listed(files)
    const flip = sql`UPDATE model_piece SET data = set_bit(data, 7, 1 - get_bit(data, 7)) WHERE sha256 = ${shard?.sha256 ?? ''}`
    await world.hub.store.db.execute(flip)
    const desk = await enrolled()
    const { problem } = await desk.hear('model-refused')
    expect(problem).toMatch(/group1-shard1of1\.bin: not the bytes that were signed/)
    expect(desk.said.some(({ kind }) => kind === 'model')).toBe(false)
    expect(readdirSync(fileFolder(desk.folder))).toEqual([listed(files)[0]?.sha256])
    await world.hub.store.db.execute(flip)
    await desk.send({ kind: 'check-models' })
    await desk.hear('model')
  })
})

describe('a model on the disk', () => {
  test('with one bit flipped is named, not offered at the next start, and fetched again', async () => {
    version += 1
    await ask(version)
    await publish(signed())
    const desk = await enrolled()
    const { model } = await desk.hear('model')
    const shard = manifestIn(model).files.find(({ path }) => path.endsWith('.bin'))
    const path = modelFilePath(desk.folder, shard?.sha256 ?? '')
    const bytes = readFileSync(path)
    bytes[9] = (bytes[9] ?? 0) ^ 1
    await desk.close()
    writeFileSync(path, bytes)
    const next = desk.next()
    desks.push(next)
    await next.open()
    const { problem } = await next.hear('model-refused')
    expect(problem).toMatch(/group1-shard1of1\.bin on this disk is not what was signed/)
    expect((await next.hear('ready')).models).toEqual([])
    await next.hear('model')
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(shard?.sha256)
  })

  test('leaves when two newer ones are whole: the newest and the last good one stay', async () => {
    await ask(1)
    const desk = await enrolled()
    for (let more = 0; more < 3; more += 1) {
      version += 1
      const other = new Map(files).set('more.bin', Uint8Array.of(version))
      await publish(signed({}, key, other), other)
      await desk.hear('model', ({ model }) => manifestIn(model).version === version)
    }
    await expect
      .poll(() => keptManifests(desk))
      .toEqual([`${NAME}@${version - 1}.json`, `${NAME}@${version}.json`].sort())
    await expect.poll(() => readdirSync(fileFolder(desk.folder)).length).toBe(4)
  })
})

describe('the hub', () => {
  test('publishes nothing whose version, key, expiry or files are not right, and stores nothing of it', async () => {
    version += 1
    const count = async () =>
      (await world.hub.store.db.execute(sql`SELECT count(*)::int AS n FROM model`)).rows[0]?.['n']
    await publish(signed())
    const before = await count()
    const past = { issuedAt: '2020-01-01T00:00:00.000Z', expiresAt: '2021-01-01T00:00:00.000Z' }
    const wrong: [ModelEnvelope, ModelFiles, RegExp][] = [
      [signed({ version: version - 1 }), files, /rolled back/],
      [signed({ description: 'another' }), files, /other bytes/],
      [signed({ version: version + 1 }, createPolicyKey()), files, /not signed/],
      [signed({ version: version + 1, ...past }), files, /expired/],
      [signed({ version: version + 1 }), new Map(), /model\.json is not the file that was signed/]
    ]
    for (const [envelope, bytes, message] of wrong)
      await expect(publish(envelope, bytes)).rejects.toThrow(message)
    expect(await count()).toBe(before)
  })

  test('hands out to its own organisation alone, and nothing that was withdrawn', async () => {
    version += 1
    const unlike = new Map(files).set('more.bin', Uint8Array.of(1, 2, 3, version))
    await publish(signed({}, key, unlike), unlike)
    const ticket = await createTicket(world.hub.store.db, {
      ...PLACE,
      label: 'x',
      simulated: false,
      hours: 1,
      hubUrl: world.deviceUrl,
      hubCa: world.hub.ca
    })
    const own = await world.client(ticket)
    await own.enrol(ticket.token)
    const stranger = await world.device()
    const shard = listed(unlike).find(({ path }) => path === 'more.bin')?.sha256 ?? ''
    const paths = [modelPath({ name: NAME, version }), modelPiecePath(shard, 0)]
    for (const path of paths) {
      await own.call('GET', path)
      await expect(stranger.call('GET', path)).rejects.toMatchObject({ refusal: { code: 'not-found' } })
    }
    for (const path of [
      modelPiecePath(shard, 1),
      modelPiecePath('0'.repeat(64), 0),
      modelPiecePath(shard, -1)
    ])
      await expect(own.call('GET', path)).rejects.toMatchObject({ refusal: { code: 'not-found' } })
    expect((await own.sync({})).models).toEqual([{ name: NAME, version }])
    expect((await stranger.sync({})).models).toEqual([])
    await withdrawModel(world.hub.store.db, { organisation: ORGANISATION, name: NAME, version, now })
    for (const path of paths)
      await expect(own.call('GET', path)).rejects.toMatchObject({ refusal: { code: 'not-found' } })
    expect((await own.sync({})).models.every((offered) => offered.version < version)).toBe(true)
    // Its number is used up, and what other versions share is still there.
    await expect(publish(signed({}, key, unlike), unlike)).rejects.toThrow(/was withdrawn/)
    await own.call('GET', modelPiecePath(listed(files)[0]?.sha256 ?? '', 0))
  })

  test('answers no request for a model without a proof', async () => {
    const device = await world.device()
    const answer = await device.sendRaw('GET', modelPath({ name: NAME, version: 1 }), '', null)
    expect(answer.status).toBe(401)
  })
})
