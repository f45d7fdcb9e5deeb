import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeSilence } from '../../src/hub/ingest/desk'
import { DEMO, World } from './support/world'

const DESKS = 10_000
const HEARTBEAT_MS = 30_000
/** Noon of the virtual clock; all that the hub knows of time comes from it. */
const NOON = Date.parse('2030-03-01T12:00:00.000Z')
let now = NOON
let world: World
beforeAll(async () => {
  // Its own look-out stays quiet: the test moves the clock and looks.
  world = await World.start({ heartbeatMs: 600_000 }, { now: () => new Date(now) })
  await world.hub.store.db.execute(sql`
    INSERT INTO workstation (id, organisation_id, team_id, label, simulated, key, key_thumbprint, key_class,
      machine_label, host_label, flavour, build, enrolled_at)
    SELECT gen_random_uuid(), t.organisation_id, t.team_id, 'desk ' || n, true, '{}', 'k' || n, 'keychain',
      '', '', 'test', 'x', now()
    FROM team t JOIN organisation o USING (organisation_id), generate_series(1, ${DESKS}) n
    WHERE o.name = ${DEMO.organisation}`)
  // Desk n was heard n milliseconds after noon.
  await world.hub.store.db.execute(sql`
    INSERT INTO desk (workstation_id, organisation_id, team_id, state, since, last_heard_at)
    SELECT id, organisation_id, team_id, 'shown', ${new Date(NOON).toISOString()}::timestamptz,
      ${new Date(NOON).toISOString()}::timestamptz + substr(key_thumbprint, 2)::int * interval '1 millisecond'
    FROM workstation`)
})
afterAll(() => world.close())

const silent = async (): Promise<number> => {
  const { rows } = await world.hub.store.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM desk WHERE silent_since IS NOT NULL`
  )
  return rows[0]?.n ?? -1
}
const look = (afterNoonMs: number): Promise<number> => {
  now = NOON + afterNoonMs
  return judgeSilence(world.hub.store.db, HEARTBEAT_MS, new Date(now))
}

test('F9: of ten thousand desks exactly those are flagged whose time is over, each on its own time, over a restart too', async () => {
  const limit = 3 * HEARTBEAT_MS
  expect(await look(limit)).toBe(0)
  expect(await look(limit + 2500)).toBe(2499)
  // One that speaks again has its own time again, and changes nobody else's.
  await world.hub.store.db.execute(sql`
    UPDATE desk SET last_heard_at = ${new Date(now).toISOString()}::timestamptz
    WHERE workstation_id = (SELECT id FROM workstation WHERE key_thumbprint = 'k2600')`)
  expect(await look(limit + 5001)).toBe(2500)
  expect(await silent()).toBe(4999)
  now = NOON + limit + 7001
  await world.restart({ now: () => new Date(now) })
  expect(await silent()).toBe(4999) // this hub's own heartbeat is longer
  expect(await look(limit + 7001)).toBe(2000)
  expect(await look(limit + DESKS + 1)).toBe(3000)
  expect(await silent()).toBe(DESKS - 1)
  expect(await look(2 * limit + 2501)).toBe(1)
  // Each was told once.
  const told = await world.hub.store.db.execute<{ n: number; subjects: number }>(
    sql`SELECT count(*)::int AS n, count(DISTINCT subject)::int AS subjects FROM stream_event WHERE kind = 'tile'`
  )
  expect(told.rows).toEqual([{ n: DESKS, subjects: DESKS }])
}, 60_000)
