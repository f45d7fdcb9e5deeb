import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DeviceClient, newIdentity } from '../../scripts/demo/desks/device-client'
import { createTicket, openStore, readHubCa } from '../../src/provision/index'
import { HubProcess } from './support/hub-process'
import { layReadyCluster } from './support/ready-cluster'
import { DEMO, OTHER, PASSWORD, seed, World } from './support/world'

describe('tickets', () => {
  let world: World
  beforeAll(async () => {
    world = await World.start()
  })
  afterAll(() => world.close())
  const rows = async (query: ReturnType<typeof sql>) => (await world.hub.store.db.execute(query)).rows

  test('F3: a token has 256 bits, and no two of a thousand are alike', async () => {
    const tokens = await Promise.all(Array.from({ length: 1000 }, async () => (await world.ticket()).token))
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(new Set(tokens).size).toBe(1000)
  })

  test.each([0, -1, 24.01, Number.NaN, Number.POSITIVE_INFINITY])(
    'F3: %s hours are refused; a day is the most',
    async (hours) => {
      await expect(world.ticket({ hours })).rejects.toThrow('at most 24 hours')
    }
  )

  test('F3: not even somebody with the database makes a ticket last longer than a day', async () => {
    await world.ticket({ label: 'Long', hours: 24 })
    const longer = world.hub.store.db.execute(
      sql`UPDATE enrolment_token SET expires_at = expires_at + interval '1 second' WHERE label = 'Long'`
    )
    await expect(longer).rejects.toMatchObject({ cause: { code: '23514' } })
  })

  test('F3: a hundred parallel uses of one ticket: one wins, one workstation is made', async () => {
    const ticket = await world.ticket({ label: 'Raced' })
    const clients = await Promise.all(Array.from({ length: 100 }, () => world.client(ticket)))
    const outcomes = await Promise.allSettled(clients.map((client) => client.enrol(ticket.token)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rows(sql`SELECT 1 FROM workstation WHERE label = 'Raced'`)).toHaveLength(1)
  })

  test('F3: a ticket belongs to its organisation, whatever the device says', async () => {
    const ticket = await world.ticket({ place: OTHER, label: 'Theirs' })
    const client = await world.client({ ...ticket, organisation: DEMO.organisation }, 'release')
    expect(await client.enrol(ticket.token)).toMatchObject({ organisation: OTHER.organisation })
  })

  test('F3: at a workstation that was enrolled for one person nobody else signs in, and IT sees who tried', async () => {
    const client = await world.device({ label: 'Hers', person: 'advocate1@demo.example' })
    await expect(client.signIn('advocate2@demo.example', PASSWORD)).rejects.toMatchObject({
      refusal: { code: 'forbidden' }
    })
    await expect(client.signIn('advocate2@demo.example', 'wrong')).rejects.toMatchObject({
      refusal: { code: 'bad-credentials' }
    })
    expect((await client.signIn('advocate1@demo.example', PASSWORD)).person.name).toBe('Demo Advocate 1')
    const noted = await rows(
      sql`SELECT code FROM security_event WHERE workstation_id = ${client.device} AND code = 'sign-in-at-anothers-desk'`
    )
    expect(noted).toHaveLength(1)
  })

  test.each(['supervisor1@demo.example', 'advocate1@other.example', 'nobody@demo.example'])(
    'F3: no ticket is made for %s',
    async (person) => {
      await expect(world.ticket({ person })).rejects.toThrow(person)
    }
  )
})

test('F3: a hub that is killed in the middle of an enrolment leaves none or one, and the ticket says which', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hd-enrol-'))
  await layReadyCluster(join(folder, 'hub'))
  const hub = new HubProcess(join(folder, 'hub'), ['--accept', 'release,demo,test'])
  try {
    await hub.start()
    const place = {
      hubUrl: `https://localhost:${hub.ports.device}`,
      hubCa: await readHubCa(join(folder, 'hub'))
    }
    const visit = async <T>(work: (db: Parameters<typeof createTicket>[0]) => Promise<T>): Promise<T> => {
      const store = await openStore({
        dataFolder: join(folder, 'hub'),
        databaseUrl: undefined,
        as: 'visitor'
      })
      return work(store.db).finally(() => store.close())
    }
    await visit(seed)
    // From before the request arrives to after it is answered.
    for (const ms of [0, 4, 8, 12, 18, 30]) {
      const label = `Killed ${randomUUID()}`
      const ticket = await visit((db) =>
        createTicket(db, { ...DEMO, ...place, label, simulated: false, hours: 1 })
      )
      const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
      const enrolling = client.enrol(ticket.token).then(
        () => 'enrolled' as const,
        () => 'no answer' as const
      )
      await sleep(ms)
      await hub.end('SIGKILL')
      const answer = await enrolling
      await client.close()
      await hub.start()
      const [found] = await visit(
        async (db) =>
          (
            await db.execute(sql`SELECT (SELECT count(*) FROM workstation WHERE label = ${label})::int AS made,
              count(used_at)::int AS used, count(workstation_id)::int AS named
              FROM enrolment_token WHERE label = ${label}`)
          ).rows
      )
      const made = Number(found?.['made'])
      expect(made === 0 || made === 1).toBe(true)
      expect(found).toEqual({ made, used: made, named: made })
      if (answer === 'enrolled') expect(made).toBe(1)
      // What the kill left open is still open: the same ticket, or none.
      const again = new DeviceClient(ticket, await newIdentity(), { flavour: 'test', build: '0.1.0' })
      const second = await again.enrol(ticket.token).then(
        () => true,
        () => false
      )
      await again.close()
      expect(second).toBe(made === 0)
    }
  } finally {
    await hub.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
