import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCOMMODATIONS_PATH, accommodationsReplySchema } from '../../src/contract/wire/v1/accommodation'
import type { Accommodation } from '../../src/core/accommodation/accommodation'
import {
  createPolicyKey,
  publishAccommodation,
  signAccommodation,
  withdrawAccommodation
} from '../../src/provision/index'
import { DEMO, PASSWORD, World } from './support/world'

const ANA = 'advocate1@demo.example'
const key = createPolicyKey()
const now = new Date()
const { organisation } = DEMO
const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString()
const carer: Accommodation = {
  schema: 1,
  organisation,
  id: 'acc-014',
  version: 1,
  person: ANA,
  issuedAt: inDays(-1),
  expiresAt: inDays(30),
  kind: 'carer',
  relaxes: { others: 1 },
  control: { responses: { phone: 'lock' } }
}

let world: World
beforeAll(async () => {
  world = await World.start()
  await world.hub.store.db.execute(
    sql`UPDATE organisation SET policy_root = ${JSON.stringify(key.root)}::jsonb WHERE name = ${organisation}`
  )
})
afterAll(() => world.close())

const publish = (change: object = {}, by = key) =>
  publishAccommodation(world.hub.store.db, {
    organisation,
    envelope: signAccommodation({ ...carer, ...change }, by),
    now
  })
const handed = async (device: Awaited<ReturnType<World['device']>>) =>
  accommodationsReplySchema.parse((await device.send('GET', ACCOMMODATIONS_PATH, undefined)).json)

test('an accommodation is handed to the desk where its person is signed in, and to no other', async () => {
  await publish()
  const device = await world.device()
  expect(await handed(device)).toEqual({ v: 1, accommodations: [] })
  await device.signIn(ANA, PASSWORD)
  const reply = await handed(device)
  expect(reply.accommodations.map((text): unknown => JSON.parse(text))).toEqual([
    signAccommodation(carer, key)
  ])
  const other = await world.device()
  await other.signIn('advocate2@demo.example', PASSWORD)
  expect(await handed(other)).toEqual({ v: 1, accommodations: [] })
})

test('only the newest version is handed out, and none once it is withdrawn or over', async () => {
  await publish({ version: 5, relaxes: { others: 2 } })
  const device = await world.device()
  await device.signIn(ANA, PASSWORD)
  expect((await handed(device)).accommodations).toHaveLength(1)
  await expect(publish({ version: 5 })).rejects.toThrow('has version 5 already')
  await withdrawAccommodation(world.hub.store.db, { organisation, id: 'acc-014', now })
  expect(await handed(device)).toEqual({ v: 1, accommodations: [] })
  await expect(
    withdrawAccommodation(world.hub.store.db, { organisation, id: 'acc-014', now })
  ).rejects.toThrow('hands out no accommodation')
})

test.each([
  ['by another key', {}, createPolicyKey(), 'not signed by the trusted keys'],
  ['for another organisation', { organisation: 'Other Care' }, key, 'not for this organisation'],
  ['for nobody', { person: 'nobody@demo.example' }, key, 'nobody with the e-mail'],
  ['without a control', { control: {} }, key, 'control'],
  ['that is over', { issuedAt: inDays(-9), expiresAt: inDays(-1) }, key, 'ended on']
])('one %s is not published', async (_, change, by, why) => {
  await expect(publish({ id: 'acc-015', ...change }, by)).rejects.toThrow(why)
})
