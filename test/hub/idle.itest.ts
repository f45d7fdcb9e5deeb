import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_PATH, sessionReplySchema } from '../../src/contract/wire/v1/device'
import { endIdleSessions } from '../../src/hub/people/idle'
import { createPolicyKey, publishPolicy, signPolicy } from '../../src/provision/index'
import { DEMO, demoPolicy, PASSWORD, World } from './support/world'

let world: World
let offset = 0
const now = (): Date => new Date(Date.now() + offset)
beforeAll(async () => {
  // Its own look-out looks by the same clock; the test looks too, so that nothing waits.
  world = await World.start({}, { now })
})
afterAll(() => world.close())

/** The policy of the organisation says after how long. */
async function saySo(): Promise<void> {
  const { db } = world.hub.store
  const key = createPolicyKey()
  await db.execute(
    sql`UPDATE organisation SET policy_root = ${JSON.stringify(key.root)}::jsonb WHERE name = ${DEMO.organisation}`
  )
  await db.execute(
    sql`DELETE FROM policy WHERE organisation_id IN (SELECT organisation_id FROM organisation WHERE name = ${DEMO.organisation})`
  )
  const policy = { ...demoPolicy(DEMO.organisation, 2), session: { idleMinutes: 15 } }
  await publishPolicy(db, { organisation: DEMO.organisation, envelope: signPolicy(policy, key) })
}

/** A desk that lives by the same clock as the hub. */
async function deskByTheClock() {
  const ticket = await world.ticket({ hours: 24 })
  const client = await world.client(ticket, 'test', () => now().getTime())
  await client.enrol(ticket.token)
  return client
}

type Device = Awaited<ReturnType<typeof deskByTheClock>>
const whose = async (device: Device): Promise<string | null> =>
  sessionReplySchema.parse(await device.call('GET', SESSION_PATH, undefined)).person

/** A heartbeat that says how long nobody touched anything, or nothing of it. */
async function beat(device: Device, inputAgoMs?: number): Promise<void> {
  await device.call('POST', '/device/v1/sync', {
    v: 1,
    sender: device.sender,
    boot: device.boot,
    records: [],
    desk: null,
    ...(inputAgoMs === undefined ? {} : { inputAgoMs })
  })
}
const pass = (minutes: number): void => {
  offset += minutes * 60_000
}
const look = () => endIdleSessions(world.hub.store.db, now())

test('a session that nobody is at goes on where the policy says nothing of it', async () => {
  const device = await deskByTheClock()
  const { person } = await device.signIn('advocate1@demo.example', PASSWORD)
  pass(60)
  await look()
  expect(await whose(device)).toBe(person.id)
})

describe('G1 a session that nobody is at', () => {
  beforeAll(saySo)

  test('G1 is ended by the hub though its heartbeats go on without a word of input, and its desk is woken', async () => {
    const device = await deskByTheClock()
    const { person } = await device.signIn('advocate1@demo.example', PASSWORD)
    for (let minute = 0; minute < 14; minute += 7) {
      pass(7)
      await beat(device)
      await look()
      expect(await whose(device)).toBe(person.id)
    }
    await beat(device)
    pass(2)
    await look()
    // A call that comes while no line is held is kept for the next one.
    expect(await device.call('GET', '/device/v1/wake')).toEqual({ v: 1, wake: true })
    expect(await whose(device)).toBeNull()
    const noted = await world.hub.store.db.execute(
      sql`SELECT detail FROM security_event WHERE code = 'session-idle' AND workstation_id = ${device.device}`
    )
    expect(noted.rows).toEqual([{ detail: person.id }])
  })

  test('G1 goes on as long as somebody touches something, and counts from then', async () => {
    const device = await deskByTheClock()
    const { person } = await device.signIn('advocate2@demo.example', PASSWORD)
    for (let n = 0; n < 4; n += 1) {
      pass(10)
      await beat(device, 60_000)
      await look()
      expect(await whose(device)).toBe(person.id)
    }
    // What was said before cannot be taken back to an earlier time, and what is said of the future is now.
    await beat(device, 800_000)
    pass(13)
    await look()
    expect(await whose(device)).toBe(person.id)
    pass(2)
    await look()
    expect(await whose(device)).toBeNull()
  })
})
